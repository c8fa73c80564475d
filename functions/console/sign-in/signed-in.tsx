import { KeyOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Typography } from "antd";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { ApiClient } from "../api/client.ts";
import { type Caller, CallerContext } from "../api/hooks.ts";
import { useLanguage } from "../i18n/language.ts";
import { Loading } from "../parts/answered.tsx";
import { ProblemView } from "../parts/problem-view.tsx";
import { LanguageSwitch, LookSwitch } from "../shell/switches.tsx";
import { Session } from "./session.ts";

type Start = { readonly session: Session } | { readonly error: unknown } | undefined;

/** Once a page: the code of a sign-in is good once. */
let started: Promise<Session> | undefined;

/** Shows what is inside to whoever is signed in, and to others the way in. */
export function SignedIn({ children }: { readonly children: ReactNode }) {
  const [start, setStart] = useState<Start>();
  const [, setEnds] = useState(0);
  useEffect(() => {
    started ??= Session.start();
    started.then(
      (session) => {
        session.onEnd = () => setEnds((ends) => ends + 1);
        setStart({ session });
      },
      (error: unknown) => setStart({ error }),
    );
  }, []);
  if (start === undefined) return <Loading />;
  if ("error" in start) return <Welcome error={start.error} onSignIn={() => location.assign("/console/")} />;
  const { session } = start;
  if (!session.isSignedIn) return <Welcome onSignIn={() => session.signIn()} />;
  return <WhoAmI session={session}>{children}</WhoAmI>;
}

/** What is shown hangs on what the API says that the caller may do. */
function WhoAmI({ session, children }: { readonly session: Session; readonly children: ReactNode }) {
  const api = useMemo(() => new ApiClient(session), [session]);
  const me = useQuery({ queryKey: ["getMe"], queryFn: () => api.json("getMe"), staleTime: Number.POSITIVE_INFINITY });
  const caller = useMemo((): Caller | undefined => {
    if (me.data === undefined) return undefined;
    const allowed = new Set(me.data.operations);
    return {
      api,
      me: me.data,
      may: (operation) => allowed.has(operation),
      signOut: () => session.signOut(),
    };
  }, [api, me.data, session]);
  if (me.error) {
    return (
      <main className="welcome">
        <ProblemView error={me.error} onRetry={() => me.refetch()} />
      </main>
    );
  }
  return caller === undefined ? <Loading /> : <CallerContext value={caller}>{children}</CallerContext>;
}

function Welcome({ error, onSignIn }: { readonly error?: unknown; readonly onSignIn: () => void }) {
  const { t } = useLanguage();
  return (
    <main className="welcome">
      <div className="welcome-card">
        <img src="/console/icon.svg" alt="" width={56} height={56} />
        <Typography.Title level={1}>{t("signIn.title")}</Typography.Title>
        <p className="lead">{t("app.tagline")}</p>
        <p>{t("signIn.text")}</p>
        {error !== undefined && (
          <Alert
            type="error"
            showIcon
            title={t("signIn.failed")}
            description={error instanceof Error ? error.message : ""}
          />
        )}
        <Button type="primary" size="large" block icon={<KeyOutlined />} onClick={onSignIn}>
          {t(error === undefined ? "signIn.button" : "signIn.again")}
        </Button>
        <div className="welcome-switches">
          <LanguageSwitch />
          <LookSwitch />
        </div>
      </div>
    </main>
  );
}
