import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

const water: MantineColorsTuple = ["#e8f6fa", "#d2eaf1", "#a4d5e3", "#73bfd5", "#4dadc9", "#3195b4", "#1f7e9d", "#146f8d", "#0e6581", "#064f67"];
const night: MantineColorsTuple = ["#dce2ea", "#bac3cf", "#98a3b3", "#667386", "#3a4453", "#2d3643", "#212934", "#151b23", "#10151c", "#0a0e13"];

export const theme = createTheme({
  colors: { water, dark: night },
  primaryColor: "water",
  primaryShade: { light: 8, dark: 7 },
  defaultRadius: "sm",
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', 'DejaVu Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  headings: { fontWeight: "600", sizes: { h1: { fontSize: "20px" }, h2: { fontSize: "14px" }, h3: { fontSize: "13px" } } },
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
    Table: { defaultProps: { verticalSpacing: 5, horizontalSpacing: "sm", fz: "sm" } },
    Button: { defaultProps: { size: "xs" } },
    TextInput: { defaultProps: { size: "sm" } },
    Drawer: { defaultProps: { closeButtonProps: { "aria-label": "Close" } } },
    Modal: { defaultProps: { centered: true, closeButtonProps: { "aria-label": "Close" } } },
  },
});

/** Mantine's dimmed text and placeholders are too faint for WCAG AA; the status colours are ours. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#f6f8fa",
    "--mantine-color-dimmed": "#566170",
    "--mantine-color-placeholder": "#687484",
    "--mantine-color-error": "#b3261e",
    "--sluice-panel": "#ffffff",
    "--sluice-line": "#dde3ea",
    "--sluice-good": "#14704a",
    "--sluice-warn": "#8f5200",
    "--sluice-bad": "#b3261e",
    "--sluice-idle": "#566170",
    "--sluice-good-area": "#4fae87",
    "--sluice-warn-area": "#d9902f",
    "--sluice-bad-area": "#c8453c",
  },
  dark: {
    "--mantine-color-body": "#10151c",
    "--mantine-color-water-light": "#183443",
    "--mantine-color-water-light-hover": "#1e3f50",
    "--mantine-color-water-light-color": "#a4d5e3",
    "--mantine-color-dimmed": "#98a3b3",
    "--mantine-color-placeholder": "#8490a1",
    "--mantine-color-error": "#f28b82",
    "--sluice-panel": "#161c25",
    "--sluice-line": "#2a323e",
    "--sluice-good": "#5cc898",
    "--sluice-warn": "#e5aa55",
    "--sluice-bad": "#f28b82",
    "--sluice-idle": "#98a3b3",
    "--sluice-good-area": "#3f9a74",
    "--sluice-warn-area": "#c58433",
    "--sluice-bad-area": "#d05e55",
  },
});
