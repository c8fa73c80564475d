import {
  ApartmentOutlined,
  ApiOutlined,
  AuditOutlined,
  FileProtectOutlined,
  HomeOutlined,
  ImportOutlined,
  InboxOutlined,
  MessageOutlined,
  NotificationOutlined,
  SettingOutlined,
  TeamOutlined,
  TrophyOutlined,
} from "@ant-design/icons";
import type { ComponentType } from "react";
import type { ApiOperationId } from "#contracts/routes.ts";
import type { TextKey } from "../i18n/en.ts";

export interface Place {
  readonly href: string;
  readonly label: TextKey;
  readonly icon: ComponentType<{ readonly "aria-hidden"?: "true" }>;
  /** Shown to whom the operation is open; without one to everybody. */
  readonly needs?: ApiOperationId;
}

export interface PlaceGroup {
  readonly label: TextKey;
  readonly places: readonly Place[];
}

/** Where one can go from everywhere, in the order of a working day. */
export const PLACES: readonly PlaceGroup[] = [
  {
    label: "nav.group.work",
    places: [
      { href: "/", label: "nav.home", icon: HomeOutlined },
      { href: "/campaigns", label: "nav.campaigns", icon: TrophyOutlined, needs: "listCampaigns" },
      { href: "/approvals", label: "nav.approvals", icon: AuditOutlined, needs: "listApprovals" },
      { href: "/disputes", label: "disputes.title", icon: MessageOutlined, needs: "listAllDisputes" },
    ],
  },
  {
    label: "nav.group.data",
    places: [
      { href: "/inbox", label: "inbox.title", icon: InboxOutlined, needs: "listRejected" },
      { href: "/sources", label: "sources.title", icon: ApiOutlined, needs: "listSources" },
      { href: "/imports", label: "imports.title", icon: ImportOutlined, needs: "listImports" },
      { href: "/channels", label: "channels.title", icon: NotificationOutlined, needs: "listChannels" },
    ],
  },
  {
    label: "nav.group.company",
    places: [
      { href: "/people", label: "people.title", icon: TeamOutlined, needs: "listPeople" },
      { href: "/organisation", label: "organisation.title", icon: ApartmentOutlined, needs: "listOrgUnits" },
    ],
  },
  {
    label: "nav.group.control",
    places: [
      { href: "/audit", label: "audit.title", icon: FileProtectOutlined, needs: "listAudit" },
      { href: "/settings", label: "settings.title", icon: SettingOutlined, needs: "listOrgUnits" },
    ],
  },
];
