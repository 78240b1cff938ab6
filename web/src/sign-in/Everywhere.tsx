import { Navigate, Outlet, useLocation } from "@tanstack/react-router"
import { ModeStrip } from "./ModeStrip.tsx"
import { usePresence } from "./presence.ts"

/** Pages that somebody may see whom the node does not know yet. */
const AT_THE_DOOR = ["/sign-in", "/enrol"]

/** Around every page: where people sign in, whoever is not in is led to the door; elsewhere the strip says that nobody signs in. */
export function Everywhere() {
  const { data } = usePresence()
  const { pathname } = useLocation()
  const out = data?.signIn === "persons" && data.person === null && !AT_THE_DOOR.includes(pathname)
  return (
    <>
      {out ? <Navigate to="/sign-in" search={{ back: pathname }} replace /> : <Outlet />}
      <ModeStrip />
    </>
  )
}
