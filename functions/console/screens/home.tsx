import { Button, Card, Form, Input } from "antd";
import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import type { Answer } from "../api/client.ts";
import { useAnswer, useCaller } from "../api/hooks.ts";
import { spoken } from "../api/plan-names.ts";
import { ApprovalCard } from "../approvals/approval-card.tsx";
import { periodText } from "../format/dates.ts";
import { nameIn, useLanguage } from "../i18n/language.ts";
import { Answered } from "../parts/answered.tsx";
import { EmptyView } from "../parts/empty-view.tsx";
import { CAMPAIGN_TONES, StateMark } from "../parts/state-mark.tsx";

type Summary = Answer<"listCampaigns">["items"][number];

/** What is running and what waits, by what the caller may do. */
export function Home() {
  const { t } = useLanguage();
  const { me, may } = useCaller();
  return (
    <div className="page">
      <h1>{t("home.hello", { name: me.name ?? me.subject })}</h1>
      <p className="quiet">{me.roles.map((role) => t(`role.${role}`)).join(" · ")}</p>
      {may("listApprovals") && <Waiting whose="toDecide" />}
      {may("listCampaigns") ? <Running /> : <Own />}
      {may("listApprovals") && <Waiting whose="requested" />}
    </div>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Waiting({ whose }: { readonly whose: "toDecide" | "requested" }) {
  const { t } = useLanguage();
  const approvals = useAnswer("listApprovals", { query: { whose } }, { every: 15_000 });
  if (whose === "requested" && (approvals.data?.items.length ?? 0) === 0) return null;
  return (
    <Section title={t(whose === "toDecide" ? "home.waits" : "home.requested")}>
      <Answered query={approvals}>
        {({ items }) =>
          items.length === 0 ? (
            <Card>
              <EmptyView title={t("home.waits.none")} next={t("home.waits.none.next")} />
            </Card>
          ) : (
            <div className="cards">
              {items.map((item) => (
                <ApprovalCard key={item.id} approval={item} />
              ))}
            </div>
          )
        }
      </Answered>
    </Section>
  );
}

function Running() {
  const { t } = useLanguage();
  const campaigns = useAnswer("listCampaigns", { query: { limit: 200 } });
  return (
    <Answered query={campaigns}>
      {({ items }) => {
        const settled = items.filter(({ state }) => state === "settled");
        return (
          <>
            <Section title={t("home.running")}>
              <Cards items={items.filter(({ state }) => state === "active")} />
            </Section>
            {settled.length > 0 && (
              <Section title={t("home.settled")}>
                <Cards items={settled} />
              </Section>
            )}
          </>
        );
      }}
    </Answered>
  );
}

function Cards({ items }: { readonly items: readonly Summary[] }) {
  const { t, language, locale } = useLanguage();
  if (items.length === 0) {
    return (
      <Card>
        <EmptyView title={t("home.running.none")} next={t("home.running.none.next")}>
          <Link href="/campaigns">{t("nav.campaigns")}</Link>
        </EmptyView>
      </Card>
    );
  }
  return (
    <div className="cards">
      {items.map(({ id, name, state, period }) => (
        <Link key={id} href={`/campaigns/${id}`} className="card-link">
          <Card hoverable>
            <h3>{nameIn(language, name, spoken(id))}</h3>
            <p className="quiet">{periodText(period, locale)}</p>
            <StateMark tone={CAMPAIGN_TONES[state]}>{t(`state.${state}`)}</StateMark>
          </Card>
        </Link>
      ))}
    </div>
  );
}

/** For those who cannot list campaigns: the ones that are offered, and any by its id. */
function Own() {
  const { t } = useLanguage();
  const { campaigns, me } = useCaller();
  const [, go] = useLocation();
  const isSeller = me.roles.includes("seller");
  return (
    <Section title={t("home.yours")}>
      <div className="cards">
        {campaigns.map((id) => (
          <Card key={id}>
            <h3>{spoken(id)}</h3>
            <div className="row">
              <Link href={`/campaigns/${id}/board`}>
                <Button type={isSeller ? "default" : "primary"}>{t("home.open.board")}</Button>
              </Link>
              {isSeller && (
                <Link href={`/campaigns/${id}/statement`}>
                  <Button type="primary">{t("home.open.statement")}</Button>
                </Link>
              )}
            </div>
          </Card>
        ))}
        <Card>
          <h3>{t("home.open")}</h3>
          <Form
            layout="vertical"
            requiredMark={false}
            onFinish={({ id }: { id: string }) => go(`/campaigns/${encodeURIComponent(id.trim())}`)}
          >
            <Form.Item name="id" label={t("home.open.id")} rules={[{ required: true }]}>
              <Input autoComplete="off" />
            </Form.Item>
            <Button htmlType="submit">{t("home.open.button")}</Button>
          </Form>
        </Card>
      </div>
    </Section>
  );
}
