import { Collapse, Form, Input, Radio } from "antd";
import { useLanguage } from "../i18n/language.ts";
import type { Vendor } from "./use-source.ts";
import { ASKS, LEVELS } from "./vendors.ts";

/** Fields of a form: how a vendor's orders become facts. */
export function MappingFields({ kind }: { readonly kind: Vendor }) {
  const { t } = useLanguage();
  const level = Form.useWatch<string>("level");
  return (
    <>
      <Form.Item name="level" label={t("mapping.level")} extra={t("mapping.level.text")}>
        <Radio.Group options={LEVELS[kind].map((one) => ({ value: one, label: t(`mapping.level.${one}`) }))} />
      </Form.Item>
      <div hidden={level === "payment"}>
        <Form.Item name="basis" label={t("mapping.basis")} extra={t("mapping.basis.text")}>
          <Radio.Group
            options={[
              { value: "paid", label: t("mapping.basis.paid") },
              { value: "goods", label: t("mapping.basis.goods") },
            ]}
          />
        </Form.Item>
      </div>
      <OfVendor kind={kind} />
      <h3>{t("mapping.seller")}</h3>
      <Form.Item name="sellerPaths" label={t("mapping.paths")} extra={t("mapping.seller.paths.text")}>
        <Input.TextArea rows={2} placeholder="line/attributed_staffs/*/id" />
      </Form.Item>
      <Form.Item name="sellerTable" label={t("mapping.seller.table")} extra={t("mapping.table.text")}>
        <Input.TextArea rows={3} placeholder="903347972 = a-nanchang-001" />
      </Form.Item>
      <Form.Item
        name="sellerOtherwise"
        label={t("mapping.seller.otherwise")}
        extra={t("mapping.seller.otherwise.text")}
      >
        <Input />
      </Form.Item>
      <Collapse
        ghost
        items={[
          { key: "product", label: t("mapping.product"), forceRender: true, children: <Word name="product" /> },
          { key: "channel", label: t("mapping.channel"), forceRender: true, children: <Word name="channel" /> },
          {
            key: "attributes",
            label: t("mapping.attributes"),
            forceRender: true,
            children: (
              <Form.Item name="attributes" label={t("mapping.attributes")} extra={t("mapping.attributes.text")}>
                <Input.TextArea rows={3} placeholder="sku = line/sku" />
              </Form.Item>
            ),
          },
        ]}
      />
    </>
  );
}

function OfVendor({ kind }: { readonly kind: Vendor }) {
  const { t } = useLanguage();
  const needed = [{ required: true, message: t("mapping.needed") }];
  return (
    <>
      {kind === "shopify" && (
        <Form.Item name="money" label={t("mapping.money")}>
          <Radio.Group
            options={[
              { value: "shop", label: t("mapping.money.shop") },
              { value: "presentment", label: t("mapping.money.presentment") },
            ]}
          />
        </Form.Item>
      )}
      {(kind === "toast" || kind === "youzan") && (
        <Form.Item name="currency" label={t("mapping.currency")} rules={kind === "toast" ? needed : []}>
          <Input maxLength={3} placeholder={kind === "toast" ? "USD" : "CNY"} />
        </Form.Item>
      )}
      {kind === "square" && (
        <Form.Item name="notificationUrl" label={t("mapping.url")} extra={t("mapping.url.text")} rules={needed}>
          <Input />
        </Form.Item>
      )}
      {kind === "youzan" && (
        <Form.Item name="clientId" label={t("mapping.client")} extra={t("mapping.client.text")} rules={needed}>
          <Input />
        </Form.Item>
      )}
      {ASKS.includes(kind) && (
        <Form.Item name="fetchSecret" label={t("mapping.fetch")} extra={t("mapping.fetch.text")}>
          <Input placeholder="laurel/prod/vendors/…" />
        </Form.Item>
      )}
    </>
  );
}

/** A word of ours from a word of the vendor's. Without the last field it stays as the vendor says it. */
function Word({ name }: { readonly name: "product" | "channel" }) {
  const { t } = useLanguage();
  return (
    <>
      <Form.Item name={`${name}Otherwise`} label={t("mapping.word.otherwise")} extra={t("mapping.word.text")}>
        <Input maxLength={64} />
      </Form.Item>
      <Form.Item name={`${name}Paths`} label={t("mapping.paths")}>
        <Input.TextArea rows={2} />
      </Form.Item>
      <Form.Item name={`${name}Table`} label={t("mapping.word.table")} extra={t("mapping.table.text")}>
        <Input.TextArea rows={3} />
      </Form.Item>
    </>
  );
}
