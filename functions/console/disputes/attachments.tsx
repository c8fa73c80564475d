import { DownloadOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button, Card, Modal } from "antd";
import { useEffect, useState } from "react";
import { useAction, useCaller } from "../api/hooks.ts";
import { date } from "../format/dates.ts";
import { count } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { ProblemView } from "../parts/problem-view.tsx";
import { saveFile } from "../parts/save-file.ts";
import type { Attachment } from "./attach-file.ts";
import { FilePicker } from "./file-picker.tsx";
import type { ShownDispute } from "./types.ts";
import { isUndecided } from "./undecided.ts";

type File = ShownDispute["attachments"][number];

/** Files of a dispute: a picture can be looked at here, everything can be saved; more can be added while it is open. */
export function Attachments({ dispute, zone }: { readonly dispute: ShownDispute; readonly zone: string | undefined }) {
  const { t, locale } = useLanguage();
  const { api, may } = useCaller();
  const { campaign, id, attachments } = dispute;
  const fetched = useMutation({
    mutationFn: async ({ file, shows }: { file: File; shows: boolean }) => {
      const { content } = await api.file("getAttachment", { params: { campaign, dispute: id, hash: file.hash } });
      if (!shows) saveFile(file.name, content);
      return shows ? { name: file.name, content } : undefined;
    },
  });
  return (
    <Card title={<h2>{t("disputes.files")}</h2>}>
      {attachments.length === 0 && <p className="quiet">{t("disputes.files.none")}</p>}
      <ul className="file-list">
        {attachments.map((file) => (
          <li key={file.hash}>
            <span>
              {file.name}
              <small className="quiet">
                {" "}
                {t("disputes.files.size.of", { size: count(Math.ceil(file.size / 1000), locale) })} · {file.by} ·{" "}
                {date(file.at, locale, "day", zone)}
              </small>
            </span>
            <span className="row">
              {file.type.startsWith("image/") && (
                <Button
                  size="small"
                  aria-label={`${t("disputes.files.show")} ${file.name}`}
                  onClick={() => fetched.mutate({ file, shows: true })}
                >
                  {t("disputes.files.show")}
                </Button>
              )}
              <Button
                size="small"
                icon={<DownloadOutlined />}
                aria-label={t("disputes.files.save", { name: file.name })}
                onClick={() => fetched.mutate({ file, shows: false })}
              />
            </span>
          </li>
        ))}
      </ul>
      {fetched.error && <ProblemView error={fetched.error} />}
      {fetched.data && <Picture {...fetched.data} onClose={() => fetched.reset()} />}
      {may("attachToDispute") && isUndecided(dispute.state) && attachments.length < 10 && (
        <AddFiles dispute={dispute} />
      )}
    </Card>
  );
}

/** Drawn on a canvas: the page's policy allows pictures of its own place only. */
function Picture({
  name,
  content,
  onClose,
}: {
  readonly name: string;
  readonly content: Blob;
  readonly onClose: () => void;
}) {
  const [canvas, setCanvas] = useState<HTMLCanvasElement | null>(null);
  useEffect(() => {
    if (canvas === null) return;
    let isGone = false;
    const draw = async () => {
      const picture = await createImageBitmap(content);
      if (isGone) return;
      canvas.width = picture.width;
      canvas.height = picture.height;
      canvas.getContext("2d")?.drawImage(picture, 0, 0);
    };
    draw().catch(() => onClose());
    return () => {
      isGone = true;
    };
  }, [canvas, content, onClose]);
  return (
    <Modal open title={name} footer={null} width={900} onCancel={onClose}>
      <canvas ref={setCanvas} className="picture" role="img" aria-label={name} />
    </Modal>
  );
}

function AddFiles({ dispute: { campaign, id, attachments } }: { readonly dispute: ShownDispute }) {
  const { t } = useLanguage();
  const [files, setFiles] = useState<readonly Attachment[]>([]);
  const attach = useAction("attachToDispute");
  const send = async () => {
    const waiting = [...files];
    while (waiting.length > 0) {
      const [file] = waiting;
      await attach.mutateAsync({ params: { campaign, dispute: id }, body: file });
      waiting.shift();
      setFiles([...waiting]);
    }
  };
  return (
    <div className="stack">
      <FilePicker files={files} onChange={setFiles} already={attachments.length} />
      {files.length > 0 && (
        <div>
          <Button type="primary" loading={attach.isPending} onClick={() => void send().catch(() => {})}>
            {t("disputes.files.send")}
          </Button>
        </div>
      )}
      {attach.error && <ProblemView error={attach.error} />}
    </div>
  );
}
