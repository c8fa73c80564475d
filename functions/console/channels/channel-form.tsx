import { App, Button, Card, Checkbox, Form, Input, InputNumber, Radio, Select, Switch } from "antd";
import { useState } from "react";
import { useLocation } from "wouter";
import { useAction } from "../api/hooks.ts";
import { useCampaigns } from "../api/use-campaigns.ts";
import { nameIn, useLanguage } from "../i18n/language.ts";
import { ProblemView } from "../parts/problem-view.tsx";
import {
  type Channel,
  type ChannelKind,
  type ChannelValues,
  EVENTS,
  KINDS,
  settingsOf,
  valuesOf,
  WITH_SECRET,
} from "./kinds.ts";

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

/** A channel's settings. The kind of one that exists stays: its messages are written for it. */
export function ChannelForm({ channel }: { readonly channel?: Channel }) {
  const { t, language } = useLanguage();
  const { message } = App.useApp();
  const [, go] = useLocation();
  const [form] = Form.useForm<ChannelValues>();
  const [kind, setKind] = useState<ChannelKind>(channel?.kind ?? "wecom");
  const initial = valuesOf(channel, language);
  const save = useAction("setChannel", (saved) => {
    message.success(t("channels.saved"));
    if (channel === undefined) go(`/channels/${saved.channel}`);
  });
  const submit = () => {
    const values = { ...initial, ...form.getFieldsValue() };
    save.mutate({ params: { channel: channel?.channel ?? values.id }, body: settingsOf(kind, values) });
  };
  const needed = { required: true, message: t("mapping.needed") };
  return (
    <Form<ChannelValues> form={form} layout="vertical" className="stack" initialValues={initial} onFinish={submit}>
      {channel === undefined && (
        <Card title={<h2>{t("channels.kind")}</h2>}>
          <Radio.Group
            aria-label={t("channels.kind")}
            value={kind}
            onChange={({ target }) => setKind(target.value)}
            options={KINDS.map((one) => ({ value: one, label: t(`channels.kind.${one}`) }))}
          />
        </Card>
      )}
      <Card title={<h2>{t("channels.where")}</h2>}>
        <p>{t(`channels.guide.${kind}`)}</p>
        <div className="facts-form">
          {channel === undefined && (
            <Form.Item
              name="id"
              label={t("new.id")}
              extra={t("channels.id.text")}
              rules={[needed, { pattern: SLUG, message: t("new.id.rule") }]}
            >
              <Input
                maxLength={64}
                onChange={({ target }) => form.setFieldValue("secretName", `laurel/prod/channels/${target.value}`)}
              />
            </Form.Item>
          )}
          <Form.Item name="name" label={t("sources.name")} rules={[needed]}>
            <Input maxLength={128} />
          </Form.Item>
          {WITH_SECRET.includes(kind) && (
            <Form.Item name="secretName" label={t("secrets.name")} extra={t("new.secret.text")} rules={[needed]}>
              <Input maxLength={256} />
            </Form.Item>
          )}
          {kind === "webhook" && (
            <Form.Item name="address" label={t("channels.address")} rules={[needed]}>
              <Input type="url" placeholder="https://" maxLength={1024} />
            </Form.Item>
          )}
          {kind === "email" && (
            <Form.Item
              name="recipients"
              label={t("channels.recipients")}
              extra={t("channels.recipients.text")}
              rules={[needed]}
            >
              <Input.TextArea rows={3} />
            </Form.Item>
          )}
        </div>
      </Card>
      <Card title={<h2>{t("channels.what")}</h2>}>
        <What />
      </Card>
      <Card title={<h2>{t("channels.when")}</h2>}>
        <When />
      </Card>
      {save.error && <ProblemView error={save.error} />}
      <div>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t("sources.save")}
        </Button>
      </div>
    </Form>
  );
}

/** Checked by hand: a required group of boxes would get an attribute that groups do not have. */
function atLeastOne(message: string) {
  return {
    validator: (_: unknown, events: readonly string[]) =>
      events.length > 0 ? Promise.resolve() : Promise.reject(new Error(message)),
  };
}

/** Which events, of which campaigns, in which language. */
function What() {
  const { t, language } = useLanguage();
  const options = useCampaigns().map(({ id, name }) => ({
    value: id,
    label: nameIn(language, name, id),
  }));
  const someEvent = atLeastOne(t("channels.events.rule"));
  return (
    <div className="facts-form">
      <Form.Item name="events" label={t("channels.events")} rules={[someEvent]}>
        <Checkbox.Group
          className="facts-events"
          options={EVENTS.map((event) => ({ value: event, label: t(`channels.event.${event}`) }))}
        />
      </Form.Item>
      <Form.Item name="campaigns" label={t("channels.campaigns")} extra={t("channels.campaigns.text")}>
        <Select mode="multiple" optionFilterProp="label" options={options} placeholder={t("channels.campaigns.all")} />
      </Form.Item>
      <Form.Item name="language" label={t("channels.language")}>
        <Radio.Group
          options={[
            { value: "zh", label: t("channels.language.zh") },
            { value: "en", label: t("channels.language.en") },
          ]}
        />
      </Form.Item>
    </div>
  );
}

/** Quiet hours, when bulletins are made, and whether it is told at all. */
function When() {
  const { t } = useLanguage();
  const isQuiet = Form.useWatch<boolean>("isQuiet");
  const events = Form.useWatch<readonly string[]>("events") ?? [];
  const clock = [{ pattern: CLOCK, message: t("sources.clock.rule") }];
  return (
    <div className="facts-form">
      <Form.Item
        name="enabled"
        label={t("channels.enabled")}
        valuePropName="checked"
        extra={t("channels.enabled.text")}
      >
        <Switch />
      </Form.Item>
      <Form.Item name="isQuiet" label={t("channels.quiet")} valuePropName="checked" extra={t("channels.quiet.text")}>
        <Switch />
      </Form.Item>
      <div className="row" hidden={isQuiet !== true}>
        <Form.Item name="quietFrom" label={t("sources.silence.from")} rules={clock}>
          <Input placeholder="21:00" />
        </Form.Item>
        <Form.Item name="quietTo" label={t("sources.silence.to")} rules={clock}>
          <Input placeholder="08:00" />
        </Form.Item>
        <Form.Item name="quietZone" label={t("sources.silence.zone")}>
          <Input placeholder="Asia/Shanghai" />
        </Form.Item>
      </div>
      <div className="row" hidden={!events.includes("bulletin.published")}>
        <Form.Item name="day" label={t("channels.bulletins.day")}>
          <InputNumber min={1} max={28} />
        </Form.Item>
        <Form.Item name="hour" label={t("channels.bulletins.hour")}>
          <InputNumber min={0} max={23} />
        </Form.Item>
      </div>
    </div>
  );
}
