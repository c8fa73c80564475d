/** `-1234567.50` → `-1,234,567.50`; anything but a decimal as it stands. */
export function grouped(decimal: string): string {
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(\d+)(\.\d+)?$/.exec(decimal) ?? [];
  return whole === "" ? decimal : `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${fraction}`;
}

/** `2018-10-06T10:29:16+08:00` → `2018-10-06 10:29:16 (+08:00)`. */
export function instantText(instant: string): string {
  const [, date, time, offset] = /^(\S+)T([\d:.]+)(Z|[+-]\d\d:\d\d)$/.exec(instant) ?? [];
  return offset === undefined ? instant : `${date} ${time?.replace(/\.000$/, "")} (${offset === "Z" ? "UTC" : offset})`;
}
