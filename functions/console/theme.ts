import { type ThemeConfig, theme } from "antd";
import { createContext, useContext } from "react";

export type Look = "light" | "dark";

const KEPT = "laurel.look";
const FONTS =
  'system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

/** What is light in the dark bears dark text: so one colour can be read on its ground, and have text put on it, however it is pointed at. */
const DARK_INK = "#06140d";

/** At rest, pointed at, pressed; and the grounds of what is chosen, and pointed at. */
const COLOURS = {
  light: {
    colorPrimary: "#1d6b47",
    colorPrimaryHover: "#175739",
    colorPrimaryActive: "#0f452e",
    colorPrimaryBg: "#e3f1ea",
    colorPrimaryBgHover: "#d3e8dd",
    colorLink: "#1d6b47",
    colorLinkHover: "#124a30",
    colorLinkActive: "#0f452e",
    colorInfo: "#1d6b47",
    colorInfoBg: "#e8f3ed",
    colorInfoBorder: "#b5d6c4",
    colorError: "#b3261e",
    colorErrorHover: "#98201a",
    colorErrorActive: "#7d1410",
    colorErrorTextHover: "#98201a",
    colorErrorTextActive: "#7d1410",
    colorTextSecondary: "rgba(0,0,0,0.72)",
    colorTextTertiary: "rgba(0,0,0,0.65)",
    colorTextDescription: "rgba(0,0,0,0.65)",
    colorTextPlaceholder: "rgba(0,0,0,0.6)",
    colorTextDisabled: "rgba(0,0,0,0.58)",
    colorBgLayout: "#f4f7f5",
  },
  dark: {
    colorPrimary: "#7fd6ab",
    colorPrimaryHover: "#8fd0af",
    colorPrimaryActive: "#5fa884",
    colorPrimaryBg: "#1c392c",
    colorPrimaryBgHover: "#1e4030",
    colorLink: "#7fd6ab",
    colorLinkHover: "#a5e6c6",
    colorLinkActive: "#8fd0af",
    colorInfo: "#7fd6ab",
    colorInfoBg: "#16241c",
    colorInfoBorder: "#2f5a44",
    colorError: "#ff8a80",
    colorErrorHover: "#e8a299",
    colorErrorActive: "#cf7a72",
    colorErrorTextHover: "#e8a299",
    colorErrorTextActive: "#cf7a72",
    colorTextSecondary: "rgba(255,255,255,0.75)",
    colorTextTertiary: "rgba(255,255,255,0.68)",
    colorTextDescription: "rgba(255,255,255,0.68)",
    colorTextPlaceholder: "rgba(255,255,255,0.6)",
    colorTextDisabled: "rgba(255,255,255,0.55)",
    colorTextLightSolid: DARK_INK,
    colorBgLayout: "#101512",
    // Hints stand out by being light, as what they hold is dark.
    colorBgSpotlight: "#dfe7e2",
  },
} as const satisfies Record<Look, ThemeConfig["token"]>;

/** Parts that draw white on a colour of their own, or dark on what is light. */
const DARK_PARTS: ThemeConfig["components"] = {
  Badge: { colorTextLightSolid: "#ffffff" },
  Checkbox: { colorWhite: DARK_INK },
  Radio: { colorWhite: DARK_INK },
  Switch: { colorPrimary: "#2b7d57", colorPrimaryHover: "#35875f", colorTextLightSolid: "#ffffff" },
};

/** Colours are chosen for a contrast of 4.5 : 1 at least, on the ground that they stand on, also while they are pointed at or pressed. */
export function themeOf(look: Look): ThemeConfig {
  const isDark = look === "dark";
  return {
    algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      ...COLOURS[look],
      // What works says so by its sign; a button that fades cannot be read.
      opacityLoading: 1,
      // Who asked the system for less motion gets none.
      motion: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      fontFamily: FONTS,
      borderRadius: 8,
      controlHeight: 36,
    },
    components: {
      Layout: { headerBg: isDark ? "#16201a" : "#ffffff", headerPadding: "0 20px" },
      ...(isDark ? DARK_PARTS : {}),
    },
  };
}

/** As it was chosen before; else as the system is set. */
export function firstLook(): Look {
  const kept = localStorage.getItem(KEPT);
  if (kept === "light" || kept === "dark") return kept;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export function keepLook(look: Look): void {
  localStorage.setItem(KEPT, look);
}

export interface LookState {
  readonly look: Look;
  readonly setLook: (look: Look) => void;
}

export const LookContext = createContext<LookState>({ look: "light", setLook: () => {} });

export function useLook(): LookState {
  return useContext(LookContext);
}
