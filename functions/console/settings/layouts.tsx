import { PlusOutlined } from "@ant-design/icons";
import { Button, Card, Drawer, Table } from "antd";
import { useState } from "react";
import type { Answer } from "../api/client.ts";
import { useCaller, usePages } from "../api/hooks.ts";
import { date } from "../format/dates.ts";
import { useLanguage } from "../i18n/language.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { Listed } from "../parts/listed.tsx";
import { REACHED } from "../runs/scrolled-table.tsx";
import { LayoutForm } from "./layout-form.tsx";

type Layout = Answer<"listPayoutLayouts">["items"][number];

/** How payout files look that payrolls and banks read. */
export function Layouts() {
  const { t, locale } = useLanguage();
  const { may } = useCaller();
  const layouts = usePages("listPayoutLayouts", { query: { limit: 50 } });
  const [shown, show] = useState<Layout | "new">();
  return (
    <div className="stack">
      <p className="quiet">{t("settings.layouts.text")}</p>
      {may("setPayoutLayout") && (
        <div>
          <Button type="primary" icon={<PlusOutlined />} onClick={() => show("new")}>
            {t("settings.layout.new")}
          </Button>
        </div>
      )}
      <Card>
        <Listed query={layouts}>
          {(items) => (
            <Table<Layout>
              rowKey="id"
              dataSource={[...items]}
              pagination={false}
              scroll={{ x: "max-content" }}
              components={REACHED}
              locale={{
                emptyText: <EmptyView title={t("settings.layouts.none")} next={t("settings.layouts.none.next")} />,
              }}
              columns={[
                {
                  title: t("settings.layout.name"),
                  render: (_, layout) => (
                    <Button type="link" className="layout-name" onClick={() => show(layout)}>
                      {layout.layout.name}
                    </Button>
                  ),
                },
                { title: t("settings.layout.id"), dataIndex: "id" },
                {
                  title: t("settings.layout.kind"),
                  render: (_, { layout }) => t(`settings.kind.${layout.format.kind}`),
                },
                { title: t("settings.layout.encoding"), render: (_, { layout }) => layout.encoding.toUpperCase() },
                {
                  title: t("settings.layout.changed"),
                  render: (_, { changedBy, changedAt }) => `${changedBy}, ${date(changedAt, locale)}`,
                },
              ]}
            />
          )}
        </Listed>
      </Card>
      <Drawer
        open={shown !== undefined}
        size="large"
        title={t(shown === "new" ? "settings.layout.new" : "settings.layout.edit")}
        onClose={() => show(undefined)}
        destroyOnHidden
      >
        {shown !== undefined && (
          <LayoutForm layout={shown === "new" ? undefined : shown} onDone={() => show(undefined)} />
        )}
      </Drawer>
    </div>
  );
}
