import { Alert, Button, Card, Input } from "antd";
import { useState } from "react";
import type { Answer } from "../api/client.ts";
import { useAction } from "../api/hooks.ts";
import { useLanguage } from "../i18n/language.ts";
import { useServerWords } from "../i18n/server/use-server-words.ts";
import { Versions } from "../inbox/versions.tsx";
import { ProblemView } from "../parts/problem-view.tsx";
import { ServerWords } from "../parts/server-words.tsx";
import type { Mapping, Vendor } from "./use-source.ts";
import { EVENT_IN_HEADER } from "./vendors.ts";

interface Props {
  readonly source: string;
  readonly kind: Vendor;
  /** As the form says it now. */
  readonly mapping: () => Mapping;
}

/** Tries a mapping on a message that somebody pastes: which facts it would become. Nothing is stored. */
export function MappingTrial({ source, kind, mapping }: Props) {
  const { t } = useLanguage();
  const [body, setBody] = useState("");
  const [event, setEvent] = useState(EVENT_IN_HEADER[kind] ?? "");
  const trial = useAction("previewMapping");
  return (
    <Card title={<h2>{t("trial.title")}</h2>}>
      <div className="stack">
        <p>{t("trial.text")}</p>
        {EVENT_IN_HEADER[kind] !== undefined && (
          <Input
            addonBefore={t("trial.event")}
            aria-label={t("trial.event")}
            value={event}
            onChange={({ target }) => setEvent(target.value)}
          />
        )}
        <Input.TextArea
          rows={8}
          aria-label={t("trial.body")}
          placeholder={t("trial.body")}
          value={body}
          onChange={({ target }) => setBody(target.value)}
        />
        <div>
          <Button
            disabled={body.trim() === ""}
            loading={trial.isPending}
            onClick={() => trial.mutate({ params: { source }, body: { kind, mapping: mapping(), event, body } })}
          >
            {t("trial.try")}
          </Button>
        </div>
        {trial.error && <ProblemView error={trial.error} />}
        {trial.data && <Result preview={trial.data} />}
      </div>
    </Card>
  );
}

function Result({ preview: { outcome, about, facts, problems } }: { readonly preview: Answer<"previewMapping"> }) {
  const { t } = useLanguage();
  const server = useServerWords();
  return (
    <div className="stack" role="status">
      <Alert
        type={outcome === "sales" ? "success" : outcome === "unreadable" ? "error" : "warning"}
        title={t(`trial.${outcome}`, { count: facts.length, about: server.say(about ?? "").text })}
        description={
          problems.length > 0 && (
            <ul>
              {problems.map(({ path, message }) => (
                <li key={`${path} ${message}`}>
                  <code>{path}</code> <ServerWords>{message}</ServerWords>
                </li>
              ))}
            </ul>
          )
        }
      />
      {facts.map(({ externalId, message, problems: wrong }) => (
        <div key={externalId} className="stack-tight">
          <Versions columns={[{ title: externalId, message }]} />
          {wrong.map((problem) => (
            <Alert key={problem.path} type="error" title={`${problem.path} ${server.say(problem.message).text}`} />
          ))}
        </div>
      ))}
    </div>
  );
}
