import { Button, Table } from "antd";
import { date } from "../format/dates.ts";
import { useLanguage } from "../i18n/language.ts";
import { useServerWords } from "../i18n/server/use-server-words.ts";
import { StateMark } from "../parts/state-mark.tsx";
import { HERE } from "./here.ts";
import type { InboxItem } from "./items.ts";
import { isReplayable } from "./replay.ts";
import { toldOf } from "./told.ts";

interface Props {
  readonly items: readonly InboxItem[];
  readonly chosen: readonly string[];
  /** Left out for those who may not replay. */
  readonly onChoose?: (keys: readonly string[]) => void;
  readonly onOpen: (item: InboxItem) => void;
}

const TONES = { held: "waiting", conflict: "bad", rejected: "bad", unreadable: "bad" } as const;

/** Items in a row each: what it is, what is wrong, whose, and when. */
export function InboxTable({ items, chosen, onChoose, onOpen }: Props) {
  const { t, locale } = useLanguage();
  return (
    <div className="facts-wide">
      <Table<InboxItem>
        rowKey="key"
        dataSource={[...items]}
        pagination={items.length > 20 ? { pageSize: 20, showSizeChanger: true } : false}
        {...(onChoose
          ? {
              rowSelection: {
                selectedRowKeys: [...chosen],
                onChange: (keys) => onChoose(keys.map(String)),
                getCheckboxProps: (item) => ({
                  disabled: !isReplayable(item),
                  "aria-label": t("inbox.choose", { name: item.name }),
                }),
                getTitleCheckboxProps: () => ({ "aria-label": t("inbox.choose.all") }),
              },
            }
          : {})}
        columns={[
          {
            title: t("inbox.col.what"),
            render: (_, item) => (
              <>
                <StateMark tone={item.isDone ? "good" : TONES[item.kind]}>{t(`inbox.kind.${item.kind}`)}</StateMark>
                <div>
                  <Button type="link" className="facts-open" onClick={() => onOpen(item)}>
                    {item.name}
                  </Button>
                </div>
                <div className="facts-narrow">
                  <Brief item={item} />
                  <small className="quiet">
                    {item.source} · {date(item.at, locale, "minute", HERE)}
                  </small>
                </div>
              </>
            ),
          },
          { title: t("inbox.col.wrong"), responsive: ["md"], render: (_, item) => <Brief item={item} /> },
          { title: t("inbox.source"), responsive: ["lg"], dataIndex: "source" },
          { title: t("inbox.col.at"), responsive: ["md"], render: (_, { at }) => date(at, locale, "minute", HERE) },
        ]}
      />
    </div>
  );
}

/** The first that is wrong; the rest when it is opened. */
function Brief({ item }: { readonly item: InboxItem }) {
  const { t } = useLanguage();
  const words = useServerWords();
  const [first, ...others] = toldOf(item, t, words);
  return (
    <div className="facts-brief">
      {first?.field !== undefined && <code>{first.field}</code>} {first?.text}
      {others.length > 0 && <span className="quiet"> {t("inbox.others", { count: others.length })}</span>}
    </div>
  );
}
