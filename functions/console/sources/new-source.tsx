import { Button, Card, Form, Input, Radio } from "antd";
import { useState } from "react";
import { Link, useLocation } from "wouter";
import { useAction } from "../api/hooks.ts";
import { useLanguage } from "../i18n/language.ts";
import { ProblemView } from "../parts/problem-view.tsx";
import { ExpectedFields, type ExpectedValues, expectedOf, expectedValues } from "./expected-fields.tsx";
import { MappingFields } from "./mapping-fields.tsx";
import { MappingTrial } from "./mapping-trial.tsx";
import { type MappingValues, mappingOf, valuesOf } from "./mapping-values.ts";
import { Connect } from "./overview.tsx";
import { type SourceKind, webhookAddress } from "./use-source.ts";
import { KIND_NAMES, KINDS, LEVELS } from "./vendors.ts";

interface Values extends MappingValues, ExpectedValues {
  readonly source: string;
  readonly name: string;
  readonly secretName: string;
}

/** A new source, step by step; which steps there are depends on who speaks. */
export default function NewSource() {
  const { t } = useLanguage();
  const [kind, setKind] = useState<SourceKind>("standard");
  return (
    <div className="page">
      <p className="crumbs">
        <Link href="/sources">{t("sources.title")}</Link>
      </p>
      <h1>{t("sources.new")}</h1>
      <Card title={<h2>{t("new.kind")}</h2>}>
        <p className="quiet">{t("new.kind.text")}</p>
        <Radio.Group
          aria-label={t("new.kind")}
          value={kind}
          onChange={({ target }) => setKind(target.value)}
          options={KINDS.map((one) => ({ value: one, label: KIND_NAMES[one] }))}
        />
      </Card>
      <Steps key={kind} kind={kind} />
    </div>
  );
}

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

function Steps({ kind }: { readonly kind: SourceKind }) {
  const { t } = useLanguage();
  const [, go] = useLocation();
  const [form] = Form.useForm<Values>();
  const source = Form.useWatch("source", form) ?? "";
  const register = useAction("registerSource", (made) => go(`/sources/${made.source}`));
  const level = kind === "standard" ? "order" : (LEVELS[kind][0] ?? "order");
  const initial = { ...valuesOf(undefined, level, webhookAddress(source)), ...expectedValues(undefined) };
  const said = () => ({ ...initial, ...form.getFieldsValue() });
  const save = () => {
    const values = said();
    const expected = expectedOf(values);
    register.mutate({
      params: { source: values.source },
      body: {
        name: values.name,
        kind,
        secretNames: [values.secretName.trim()],
        ...(kind === "standard" ? {} : { mapping: mappingOf(kind, values, undefined) }),
        ...(expected === undefined ? {} : { expected }),
      },
    });
  };
  const needed = { required: true, message: t("mapping.needed") };
  return (
    <Form<Values> form={form} layout="vertical" className="stack" initialValues={initial} onFinish={save}>
      <Card title={<h2>{t("new.names")}</h2>}>
        <div className="facts-form">
          <Form.Item
            name="source"
            label={t("new.id")}
            extra={t("new.id.text")}
            rules={[needed, { pattern: SLUG, message: t("new.id.rule") }]}
          >
            <Input
              maxLength={64}
              onChange={({ target }) => form.setFieldValue("secretName", `laurel/prod/sources/${target.value}`)}
            />
          </Form.Item>
          <Form.Item name="name" label={t("sources.name")} rules={[needed]}>
            <Input maxLength={128} />
          </Form.Item>
          <Form.Item name="secretName" label={t("secrets.name")} extra={t("new.secret.text")} rules={[needed]}>
            <Input maxLength={256} />
          </Form.Item>
        </div>
      </Card>
      {kind !== "standard" && (
        <>
          <Card title={<h2>{t("sources.tab.mapping")}</h2>}>
            <div className="facts-form">
              <MappingFields kind={kind} />
            </div>
          </Card>
          <MappingTrial
            source={SLUG.test(source) ? source : "new"}
            kind={kind}
            mapping={() => mappingOf(kind, said(), undefined)}
          />
        </>
      )}
      <Card title={<h2>{t("sources.silence")}</h2>}>
        <div className="facts-form">
          <ExpectedFields />
        </div>
      </Card>
      <Card title={<h2>{t("sources.connect")}</h2>}>
        <Connect source={{ source: source === "" ? "…" : source, kind }} />
      </Card>
      {register.error && <ProblemView error={register.error} />}
      <div>
        <Button type="primary" htmlType="submit" loading={register.isPending}>
          {t("new.register")}
        </Button>
      </div>
    </Form>
  );
}
