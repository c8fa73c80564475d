import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { ConfigProvider, App as Messages } from "antd";
import enGB from "antd/es/locale/en_GB";
import zhCN from "antd/es/locale/zh_CN";
import { useEffect, useMemo, useState } from "react";
import { Router } from "wouter";
import { ApiProblem } from "./api/client.ts";
import { firstLanguage, keepLanguage, type Language, LanguageContext, LOCALES, loadTexts } from "./i18n/language.ts";
import { Screens } from "./screens/screens.tsx";
import { SignedIn } from "./sign-in/signed-in.tsx";
import { firstLook, keepLook, type Look, LookContext, themeOf } from "./theme.ts";

const ANTD_TEXTS = { en: enGB, zh: zhCN } as const;

/** A call that was refused is refused again; what failed on the way is worth two more tries. */
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) =>
        failures < 2 && !(error instanceof ApiProblem && error.status >= 400 && error.status < 500),
    },
  },
});

export function App() {
  const [language, setLanguage] = useState<Language>(firstLanguage);
  const [look, setLook] = useState<Look>(firstLook);
  useEffect(() => {
    keepLanguage(language);
    document.documentElement.lang = LOCALES[language];
  }, [language]);
  useEffect(() => {
    document.documentElement.dataset.look = look;
    document.documentElement.style.colorScheme = look;
  }, [look]);
  const languageState = useMemo(() => {
    const choose = (chosen: Language) => loadTexts(chosen).then(() => setLanguage(chosen));
    return { language, setLanguage: choose };
  }, [language]);
  const lookState = useMemo(() => {
    const choose = (chosen: Look) => {
      keepLook(chosen);
      setLook(chosen);
    };
    return { look, setLook: choose };
  }, [look]);
  return (
    <LanguageContext value={languageState}>
      <LookContext value={lookState}>
        <ConfigProvider locale={ANTD_TEXTS[language]} theme={themeOf(look)} button={{ autoInsertSpace: false }}>
          <Messages>
            <QueryClientProvider client={queries}>
              <Router base="/console">
                <SignedIn>
                  <Screens />
                </SignedIn>
              </Router>
            </QueryClientProvider>
          </Messages>
        </ConfigProvider>
      </LookContext>
    </LanguageContext>
  );
}
