import { App, Button, Card, Form, Input } from "antd";
import { useAction } from "../api/hooks.ts";
import { useLanguage } from "../i18n/language.ts";
import { ProblemView } from "../parts/problem-view.tsx";
import { ExpectedFields, type ExpectedValues, expectedOf, expectedValues } from "./expected-fields.tsx";
import type { Source } from "./use-source.ts";

interface Values extends ExpectedValues {
  readonly name: string;
}

/** What a source is called, and from when its silence is an alarm. */
export function SettingsTab({ source }: { readonly source: Source }) {
  const { t } = useLanguage();
  const { message } = App.useApp();
  const change = useAction("changeSource", () => message.success(t("sources.saved")));
  const save = (values: Values) =>
    change.mutate({
      params: { source: source.source },
      body: { name: values.name, expected: expectedOf(values) ?? null },
    });
  return (
    <Card>
      <Form<Values>
        layout="vertical"
        className="facts-form"
        initialValues={{ name: source.name, ...expectedValues(source.expected) }}
        onFinish={save}
      >
        <Form.Item name="name" label={t("sources.name")} rules={[{ required: true, message: t("sources.name.rule") }]}>
          <Input maxLength={128} />
        </Form.Item>
        <ExpectedFields />
        {change.error && <ProblemView error={change.error} />}
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t("sources.save")}
        </Button>
      </Form>
    </Card>
  );
}
