import { Checkbox, Input, Modal } from "antd";
import { type ReactNode, useState } from "react";
import { useLanguage } from "../i18n/language.ts";
import { type Beginning, dayAfter, dayOf, slugOf } from "./plan-source.ts";
import { readPlanText } from "./plan-text.ts";
import { valueAt } from "./shape.ts";

interface Props {
  readonly text: string;
  readonly name: string;
  readonly taken: ReadonlySet<string>;
  readonly onStart: (beginning: Beginning) => void;
  readonly onCancel: () => void;
}

const ID = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** What is different in every campaign: what it is called, and when it is. */
export function StartDialog({ text, name, taken, onStart, onCancel }: Props) {
  const { t, language } = useLanguage();
  const [said, setSaid] = useState<Beginning>(() => firstOf(text, taken));
  const [hasOwnId, setHasOwnId] = useState(false);
  const say = (more: Partial<Beginning>) => setSaid({ ...said, ...more });
  const isTaken = taken.has(said.id);
  const isBad = !ID.test(said.id);
  const isReady = !isTaken && !isBad && said.en.trim() !== "" && said.from !== "" && said.to >= said.from;
  const rename = (en: string) => say({ en, ...(hasOwnId ? {} : { id: freeId(slugOf(en), taken) }) });
  const inEnglish = (
    <Line key="en" id="start-en" label={t("new.start.name.en")}>
      <Input id="start-en" value={said.en} onChange={({ target }) => rename(target.value)} />
    </Line>
  );
  const inChinese = (
    <Line key="zh" id="start-zh" label={t("new.start.name.zh")}>
      <Input id="start-zh" lang="zh" value={said.zh} onChange={({ target }) => say({ zh: target.value })} />
    </Line>
  );
  return (
    <Modal
      open
      title={t("new.start", { name })}
      okText={t("new.start.ok")}
      cancelText={t("plan.cancel")}
      okButtonProps={{ disabled: !isReady, htmlType: "submit", form: "start" }}
      onCancel={onCancel}
    >
      <form
        id="start"
        className="plan-start"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) onStart(said);
        }}
      >
        {language === "zh" ? [inChinese, inEnglish] : [inEnglish, inChinese]}
        <Line
          id="start-id"
          label={t("new.start.id")}
          help={t(isTaken ? "new.start.id.taken" : isBad ? "new.start.id.bad" : "new.start.id.help")}
          isWrong={isTaken || isBad}
        >
          <Input
            id="start-id"
            value={said.id}
            aria-describedby="start-id-help"
            aria-invalid={isTaken || isBad}
            onChange={({ target }) => {
              setHasOwnId(true);
              say({ id: target.value });
            }}
          />
        </Line>
        <div className="plan-fields">
          <Line id="start-from" label={t("new.start.from")}>
            <Input
              id="start-from"
              type="date"
              value={said.from}
              onChange={({ target }) => say({ from: target.value })}
            />
          </Line>
          <Line id="start-to" label={t("new.start.to")}>
            <Input
              id="start-to"
              type="date"
              min={said.from}
              value={said.to}
              onChange={({ target }) => say({ to: target.value })}
            />
          </Line>
        </div>
        <Checkbox checked={said.shifts} onChange={({ target }) => say({ shifts: target.checked })}>
          {t("new.start.shift")}
        </Checkbox>
      </form>
    </Modal>
  );
}

function Line({
  id,
  label,
  help,
  isWrong = false,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly help?: string;
  readonly isWrong?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div className="plan-field">
      <label htmlFor={id}>{label}</label>
      {children}
      {help !== undefined && (
        <p className={isWrong ? "plan-help bad" : "plan-help"} id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  );
}

function firstOf(text: string, taken: ReadonlySet<string>): Beginning {
  const { value } = readPlanText(text);
  const at = (...path: string[]) => String(valueAt(value, path) ?? "");
  const end = dayOf(at("period", "end"));
  return {
    id: freeId(at("id"), taken),
    en: at("name", "en"),
    zh: at("name", "zh"),
    from: dayOf(at("period", "start")),
    to: end === "" ? "" : dayAfter(end, -1),
    shifts: true,
  };
}

/** `spring`, or `spring-2` where there is one. */
function freeId(id: string, taken: ReadonlySet<string>): string {
  if (!taken.has(id)) return id;
  const numbers = Array.from({ length: taken.size + 1 }, (_, at) => `${id}-${at + 2}`);
  return numbers.find((one) => !taken.has(one)) ?? id;
}
