// The receiving side: verifies requests that were sent, and prints for each whether its signature holds.
import { Webhook } from "standardwebhooks";
import { input } from "./input.mjs";

const holds = ({ secret, body, headers }) => {
  try {
    new Webhook(secret).verify(Buffer.from(body, "base64").toString(), headers);
    return true;
  } catch (error) {
    if (error.name === "WebhookVerificationError" || error.constructor.name === "WebhookVerificationError") return false;
    throw error;
  }
};
console.log(JSON.stringify(input.requests.map(holds)));
