import { DirectionProvider, MantineProvider, useDirection } from "@mantine/core"
import { QueryClientProvider } from "@tanstack/react-query"
import { RouterProvider } from "@tanstack/react-router"
import { type ReactNode, useEffect } from "react"
import { createRoot } from "react-dom/client"
import { useTranslation } from "react-i18next"
import "@fontsource-variable/vazirmatn/index.css"
import "@mantine/core/styles.css"
import "./styles.css"
import "./records/records.css"
import "./network/network.css"
import "./plan/curve.css"
import "./evidence/intake.css"
import "./ask/ask.css"
import "./safeguards/care.css"
import "./sign-in/sign-in.css"
import "./narrow.css"
import { dirOf, languageNow } from "./language/index.ts"
import { queryClient } from "./queries.ts"
import { router } from "./routes.tsx"
import { theme } from "./theme.ts"

/** The direction of the page follows its language. */
function Directed({ children }: { children: ReactNode }) {
  useTranslation() // renders anew when the language changes
  const { setDirection } = useDirection()
  const direction = dirOf(languageNow())
  useEffect(() => setDirection(direction), [direction, setDirection])
  return children
}

const place = document.getElementById("workplace")
if (!place) throw new Error("the page has no place for the workplace")
createRoot(place).render(
  <DirectionProvider initialDirection={dirOf(languageNow())} detectDirection={false}>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <Directed>
          <RouterProvider router={router} />
        </Directed>
      </QueryClientProvider>
    </MantineProvider>
  </DirectionProvider>,
)
