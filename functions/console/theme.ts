import { type ThemeConfig, theme } from "antd";
import { createContext, useContext } from "react";

export type Look = "light" | "dark";

const KEPT = "laurel.look";
const FONTS =
  'system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

/** Colours are chosen for a contrast of 4.5 : 1 at least, on the ground that they stand on. */
export function themeOf(look: Look): ThemeConfig {
  const isDark = look === "dark";
  return {
    algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: isDark ? "#2f8f63" : "#1d6b47",
      colorLink: isDark ? "#7fd6ab" : "#1d6b47",
      colorLinkHover: isDark ? "#a5e6c6" : "#124a30",
      colorInfo: isDark ? "#7fd6ab" : "#1d6b47",
      colorInfoBg: isDark ? "#16241c" : "#e8f3ed",
      colorInfoBorder: isDark ? "#2f5a44" : "#b5d6c4",
      colorError: isDark ? "#ff8a80" : "#b3261e",
      colorTextSecondary: isDark ? "rgba(255,255,255,0.75)" : "rgba(0,0,0,0.72)",
      colorTextTertiary: isDark ? "rgba(255,255,255,0.68)" : "rgba(0,0,0,0.65)",
      colorTextDescription: isDark ? "rgba(255,255,255,0.68)" : "rgba(0,0,0,0.65)",
      colorTextPlaceholder: isDark ? "rgba(255,255,255,0.6)" : "rgba(0,0,0,0.6)",
      colorTextDisabled: isDark ? "rgba(255,255,255,0.55)" : "rgba(0,0,0,0.58)",
      colorBgLayout: isDark ? "#101512" : "#f4f7f5",
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
      Tabs: { itemSelectedColor: isDark ? "#7fd6ab" : "#1d6b47", inkBarColor: isDark ? "#7fd6ab" : "#1d6b47" },
      Menu: {
        itemSelectedColor: isDark ? "#7fd6ab" : "#1d6b47",
        horizontalItemSelectedColor: isDark ? "#7fd6ab" : "#1d6b47",
      },
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
