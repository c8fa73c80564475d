import { Checkbox, Form, Input, InputNumber, Switch } from "antd";
import { useLanguage } from "../i18n/language.ts";
import type { Expected } from "./use-source.ts";

export interface ExpectedValues {
  readonly isExpected: boolean;
  readonly everyMinutes: number;
  readonly zone: string;
  readonly from: string;
  readonly to: string;
  readonly days: readonly number[];
}

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/;

export function expectedValues(expected: Expected | undefined): ExpectedValues {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const usual = { everyMinutes: 60, zone, from: "09:00", to: "21:00", days: [1, 2, 3, 4, 5, 6, 7] };
  return { isExpected: expected !== undefined, ...usual, ...expected };
}

export function expectedOf({ isExpected, everyMinutes, zone, from, to, days }: ExpectedValues): Expected | undefined {
  return isExpected ? { everyMinutes, zone, from, to, days: [...days].sort() } : undefined;
}

/** Fields of a form: when silence is an alarm. */
export function ExpectedFields() {
  const { t } = useLanguage();
  const isExpected = Form.useWatch<boolean>("isExpected");
  const clock = [{ pattern: CLOCK, message: t("sources.clock.rule") }];
  const days = [1, 2, 3, 4, 5, 6, 7] as const;
  return (
    <>
      <Form.Item
        name="isExpected"
        label={t("sources.silence")}
        valuePropName="checked"
        extra={t("sources.silence.text")}
      >
        <Switch />
      </Form.Item>
      <div hidden={isExpected !== true}>
        <Form.Item name="everyMinutes" label={t("sources.silence.minutes")}>
          <InputNumber min={1} max={10080} />
        </Form.Item>
        <div className="row">
          <Form.Item name="from" label={t("sources.silence.from")} rules={clock}>
            <Input placeholder="09:00" />
          </Form.Item>
          <Form.Item name="to" label={t("sources.silence.to")} rules={clock}>
            <Input placeholder="21:00" />
          </Form.Item>
          <Form.Item name="zone" label={t("sources.silence.zone")}>
            <Input placeholder="Asia/Shanghai" />
          </Form.Item>
        </div>
        <Form.Item name="days" label={t("sources.silence.days")}>
          <Checkbox.Group options={days.map((day) => ({ value: day, label: t(`weekday.${day}`) }))} />
        </Form.Item>
      </div>
    </>
  );
}
