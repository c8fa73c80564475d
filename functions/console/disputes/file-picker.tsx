import { CameraOutlined, DeleteOutlined, InboxOutlined } from "@ant-design/icons";
import { Alert, Button } from "antd";
import { useId, useRef, useState } from "react";
import { count } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { ACCEPTED, type Attachment, FILE_BYTES_MAX, FILES_MAX, type FileFault, prepared } from "./attach-file.ts";

interface Props {
  readonly files: readonly Attachment[];
  readonly onChange: (files: readonly Attachment[]) => void;
  /** How many the dispute has already. */
  readonly already?: number;
}

/** The buttons stand for them. */
const NOT_SHOWN = { display: "none" } as const;

/** Files by drag and drop, from the disk, or from the camera of a phone. They are sent when the form is. */
export function FilePicker({ files, onChange, already = 0 }: Props) {
  const { t, locale } = useLanguage();
  const [faults, setFaults] = useState<readonly { name: string; fault: FileFault | "many" }[]>([]);
  const [isOver, setOver] = useState(false);
  const [isReading, setReading] = useState(false);
  const disk = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const hint = useId();
  const most = FILES_MAX - already;
  const add = async (chosen: readonly File[]) => {
    setReading(true);
    const read = await Promise.all(chosen.map(async (file) => ({ name: file.name, got: await prepared(file) })));
    const good = read.flatMap(({ got }) => (typeof got === "string" ? [] : [got]));
    const bad = read.flatMap(({ name, got }) => (typeof got === "string" ? [{ name, fault: got }] : []));
    const all = [...files, ...good];
    setFaults([...bad, ...all.slice(most).map(({ name }) => ({ name, fault: "many" as const }))]);
    onChange(all.slice(0, most));
    setReading(false);
  };
  const take = (input: HTMLInputElement) => {
    void add([...(input.files ?? [])]);
    input.value = "";
  };
  return (
    <div className="stack files">
      <fieldset
        aria-label={t("disputes.files")}
        className={isOver ? "drop drop-over" : "drop"}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void add([...event.dataTransfer.files]);
        }}
      >
        <div className="row">
          <Button
            icon={<InboxOutlined />}
            loading={isReading}
            aria-describedby={hint}
            onClick={() => disk.current?.click()}
          >
            {t("disputes.files.choose")}
          </Button>
          <Button className="camera" icon={<CameraOutlined />} onClick={() => camera.current?.click()}>
            {t("disputes.files.camera")}
          </Button>
        </div>
        <p id={hint} className="quiet">
          {t("disputes.files.hint", { size: count(FILE_BYTES_MAX / 1000, locale), most })}
        </p>
        <input
          ref={disk}
          type="file"
          multiple
          style={NOT_SHOWN}
          accept={ACCEPTED}
          aria-label={t("disputes.files.choose")}
          onChange={({ target }) => take(target)}
        />
        <input
          ref={camera}
          type="file"
          style={NOT_SHOWN}
          accept="image/jpeg"
          capture="environment"
          aria-label={t("disputes.files.camera")}
          onChange={({ target }) => take(target)}
        />
      </fieldset>
      {faults.map(({ name, fault }) => (
        <Alert key={`${name} ${fault}`} type="warning" showIcon title={t(`disputes.files.${fault}`, { name })} />
      ))}
      {files.length > 0 && (
        <ul className="file-list">
          {files.map((file) => (
            <li key={`${file.name} ${file.content.length} ${file.content.slice(-40)}`}>
              {file.name}
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined />}
                aria-label={t("disputes.files.remove", { name: file.name })}
                onClick={() => onChange(files.filter((other) => other !== file))}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
