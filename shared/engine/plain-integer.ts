const LONGEST = 15;

/** `260.00` at 2 digits as 26000: a decimal in its usual spelling, many times faster; undefined: look closer. */
export function plainInteger(text: string, digits: number): number | undefined {
  const { length } = text;
  const whole = digits === 0 ? length : length - digits - 1;
  if (length > LONGEST || whole < 1) return undefined;
  let value = 0;
  for (let at = 0; at < length; at += 1) {
    const unit = text.charCodeAt(at);
    if (at === whole) {
      if (unit !== 0x2e) return undefined;
    } else {
      if (unit < 0x30 || unit > 0x39) return undefined;
      value = value * 10 + unit - 0x30;
    }
  }
  return value;
}
