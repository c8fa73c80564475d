import { SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import type { SendMail } from "./email.ts";

/** Amazon SES v2. The SDK does not try again: the outbox does, and later. */
export function sesMail(client = new SESv2Client({ maxAttempts: 1 })): SendMail {
  return async ({ from, recipients, subject, html, text }) => {
    await client.send(
      new SendEmailCommand({
        FromEmailAddress: from,
        Destination: { BccAddresses: [...recipients] },
        Content: {
          Simple: {
            Subject: { Data: subject, Charset: "UTF-8" },
            Body: { Html: { Data: html, Charset: "UTF-8" }, Text: { Data: text, Charset: "UTF-8" } },
          },
        },
      }),
    );
  };
}
