import { createTheme, type MantineColorsTuple } from "@mantine/core"

const petrol: MantineColorsTuple = [
  "#e6f4f9",
  "#d3e5ec",
  "#a6cad8",
  "#75adc3",
  "#4e95b2",
  "#3586a8",
  "#257fa4",
  "#15698c",
  "#0b5b7b",
  "#004f6c",
]

export const theme = createTheme({
  primaryColor: "petrol",
  primaryShade: { light: 8, dark: 7 },
  colors: { petrol },
  fontFamily: '"Vazirmatn Variable", system-ui, sans-serif',
  headings: { fontFamily: '"Vazirmatn Variable", system-ui, sans-serif', fontWeight: "650" },
  defaultRadius: "sm",
  autoContrast: true,
  cursorType: "pointer",
  components: {
    Table: { defaultProps: { verticalSpacing: 6, horizontalSpacing: "sm" } },
    Tooltip: { defaultProps: { withArrow: true, multiline: true, maw: 340, events: { hover: true, focus: true, touch: true } } },
  },
})
