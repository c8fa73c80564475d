import { Button, Card } from "antd";
import { Link, useRoute } from "wouter";
import type { Answer } from "../api/client.ts";
import { useAction, useAnswer, useCaller } from "../api/hooks.ts";
import { date } from "../format/dates.ts";
import { useLanguage } from "../i18n/language.ts";
import { Answered } from "../parts/answered.tsx";
import { EmptyView } from "../parts/empty-view.tsx";
import { ProblemView } from "../parts/problem-view.tsx";
import { Follow } from "./follow.tsx";
import { HERE } from "./here.ts";
import { Versions } from "./versions.tsx";

/** A fact: its versions beside each other, and where it counts or why not. */
export default function FactPage() {
  const { t } = useLanguage();
  const [, params] = useRoute("/facts/*");
  const { source, externalId } = idOf(params?.["*"] ?? "");
  const fact = useAnswer("getFact", { params: { source, externalId } });
  return (
    <div className="page">
      <p className="crumbs">
        <Link href="/inbox">{t("inbox.title")}</Link> · <Link href={`/sources/${source}`}>{source}</Link>
      </p>
      <h1 className="facts-name">{externalId}</h1>
      <Answered
        query={fact}
        missing={<EmptyView title={t("facts.none", { fact: externalId })} next={t("facts.none.next")} />}
      >
        {({ versions }) => <Fact source={source} externalId={externalId} versions={versions} />}
      </Answered>
    </div>
  );
}

type Version = Answer<"getFact">["versions"][number];

interface Props {
  readonly source: string;
  readonly externalId: string;
  readonly versions: readonly Version[];
}

function Fact({ source, externalId, versions }: Props) {
  const { t, locale } = useLanguage();
  const { may } = useCaller();
  const replay = useAction("replayFact");
  const newestFirst = versions.toReversed();
  return (
    <>
      <Card
        title={<h2>{t("facts.where")}</h2>}
        {...(may("replayFact")
          ? {
              extra: (
                <Button loading={replay.isPending} onClick={() => replay.mutate({ params: { source, externalId } })}>
                  {t("facts.replay")}
                </Button>
              ),
            }
          : {})}
      >
        {replay.error && <ProblemView error={replay.error} />}
        <Follow source={source} externalId={externalId} />
      </Card>
      <Card title={<h2>{t("facts.versions")}</h2>}>
        <p className="quiet">{t("facts.versions.text")}</p>
        <Versions
          columns={newestFirst.map((version, index) => ({
            title: t(index === 0 ? "facts.version.newest" : "facts.version", {
              version: version.version,
              at: date(version.recordedAt, locale, "minute", HERE),
            }),
            message: version,
          }))}
        />
      </Card>
    </>
  );
}

/** `pos/JX-1`: everything behind the first bar is the id, which may hold bars. */
function idOf(rest: string): { readonly source: string; readonly externalId: string } {
  const at = rest.indexOf("/");
  return { source: decoded(rest.slice(0, at)), externalId: decoded(rest.slice(at + 1)) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
