import { App, Button, Card, Form } from "antd";
import { useAction } from "../api/hooks.ts";
import { useLanguage } from "../i18n/language.ts";
import { ProblemView } from "../parts/problem-view.tsx";
import { MappingFields } from "./mapping-fields.tsx";
import { MappingTrial } from "./mapping-trial.tsx";
import { type MappingValues, mappingOf, valuesOf } from "./mapping-values.ts";
import { kindOf, type Source, webhookAddress } from "./use-source.ts";
import { LEVELS } from "./vendors.ts";

/** How a vendor's orders become facts; tried on a message before it is saved. */
export default function MappingTab({ source }: { readonly source: Source }) {
  const { t } = useLanguage();
  const { message } = App.useApp();
  const [form] = Form.useForm<MappingValues>();
  const change = useAction("changeSource", () => message.success(t("mapping.saved")));
  const kind = kindOf(source);
  if (kind === "standard") return null;
  const initial = valuesOf(source.mapping, LEVELS[kind][0] ?? "order", webhookAddress(source.source));
  const said = () => mappingOf(kind, { ...initial, ...form.getFieldsValue() }, source.mapping);
  return (
    <div className="columns">
      <Card title={<h2>{t("sources.tab.mapping")}</h2>}>
        <p className="quiet">{t("mapping.text")}</p>
        <Form<MappingValues>
          form={form}
          layout="vertical"
          initialValues={initial}
          onFinish={() => change.mutate({ params: { source: source.source }, body: { mapping: said() } })}
        >
          <MappingFields kind={kind} />
          {change.error && <ProblemView error={change.error} />}
          <Button type="primary" htmlType="submit" loading={change.isPending}>
            {t("mapping.save")}
          </Button>
        </Form>
      </Card>
      <MappingTrial source={source.source} kind={kind} mapping={said} />
    </div>
  );
}
