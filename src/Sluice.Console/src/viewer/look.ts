import { mergeThemeOverrides, type CSSVariablesResolver, type MantineColorsTuple, type MantineThemeOverride } from "@mantine/core";
import { theme, variables } from "../app/theme";
import { mix, readable } from "./colours";
import { groundIn, type Look } from "./settings";

/** The console's theme, as the page around the viewer wants it. */
export function themeOf({ accent, font, radius }: Look): MantineThemeOverride {
  return mergeThemeOverrides(theme, {
    ...(accent ? { colors: { accent: Array(10).fill(accent) as unknown as MantineColorsTuple }, primaryColor: "accent", autoContrast: true, luminanceThreshold: 0.179 } : {}),
    ...(font ? { fontFamily: `${font}, ${theme.fontFamily}` } : {}),
    ...(radius === null ? {} : { defaultRadius: `${radius}px` }),
  });
}

/** And its variables. */
export function variablesOf(look: Look): CSSVariablesResolver {
  return (built) => {
    const { variables: all, light, dark } = variables(built);
    return {
      variables: { ...all, ...(look.radius === null ? {} : { "--sluice-radius": `${look.radius}px` }) },
      light: { ...light, ...coloured(look, "light", light["--sluice-panel"] ?? "#ffffff") },
      dark: { ...dark, ...coloured(look, "dark", dark["--sluice-panel"] ?? "#000000") },
    };
  };
}

function coloured(look: Look, scheme: "light" | "dark", usualPanel: string): Record<string, string> {
  const ground = groundIn(look, scheme);
  const panel = ground?.panel ?? usualPanel;
  return { ...(ground ? { "--mantine-color-body": ground.body, "--sluice-panel": panel } : {}), ...(look.accent ? accented(look.accent, panel, ground?.body ?? panel) : {}) };
}

/** However pale or dark the accent is, its text can be read. */
function accented(accent: string, panel: string, background: string): Record<string, string> {
  const [area, hover] = [mix(accent, panel, 0.12), mix(accent, panel, 0.18)];
  return {
    "--mantine-color-accent-filled": accent,
    "--mantine-color-accent-filled-hover": mix(accent, "#000000", 0.88),
    "--mantine-color-accent-light": area,
    "--mantine-color-accent-light-hover": hover,
    "--mantine-color-accent-light-color": readable(accent, area, hover, panel, background),
    "--mantine-color-anchor": readable(accent, panel, background),
  };
}
