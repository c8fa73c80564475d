import type { Messengers } from "#ports/messenger.ts";
import type { NotifyParts } from "./robot.ts";

export interface MessengerSettings extends NotifyParts {
  /** The address that mail is sent from; without it mail waits, and is given up. */
  readonly mailFrom: string | undefined;
  readonly eventBus: string | undefined;
}

/** Every kind of channel; each is loaded when the first message for it is sent. */
export function messengersOf(settings: MessengerSettings): Messengers {
  return async (kind) => {
    switch (kind) {
      case "webhook":
        return (await import("./webhook.ts")).webhookMessenger(settings);
      case "email": {
        const [{ emailMessenger }, { sesMail }] = await Promise.all([import("./email.ts"), import("./ses.ts")]);
        return emailMessenger(settings.mailFrom, sesMail());
      }
      case "eventbridge": {
        const { eventBridgeMessenger, awsEvents } = await import("./event-bridge.ts");
        return eventBridgeMessenger(settings.eventBus, awsEvents());
      }
      default: {
        const [{ robotMessenger }, robots] = await Promise.all([import("./robot.ts"), import("./robots.ts")]);
        return robotMessenger(settings, robots.ROBOTS[kind]);
      }
    }
  };
}
