import { matters } from "./matters.en.ts";

export const appointments = {
  refusals: {
    "window-not-offered": "This time can't be asked for. Please choose one of those listed.",
    "window-full": "Somebody has just taken this time. Please choose another.",
    "door-unknown":
      "There is no such door. Please choose your number again, or call the station if it isn't there.",
    "card-code-wrong":
      "That isn't the code on the card. Please compare the eight digits. A card older than sixty days no longer counts; leave it empty and the station will confirm with you.",
    "appointment-over": "That time has passed. Please agree on another.",
    "appointment-not-over": "That time hasn't passed yet.",
    "appointment-wrong-state": "This appointment is settled and can't be changed. Please reload.",
    "contact-without-consent": matters.refusals["contact-without-consent"],
    "phone-invalid": matters.refusals["phone-invalid"],
  },
  state: {
    asked: "Waiting for the station",
    confirmed: "Agreed",
    kept: "Met",
    missed: "Nobody was met",
    cancelled: "Called off",
  },
  origin: { page: "Page of the plate", door: "At the door", desk: "Call or visit", paper: "Paper" },
} as const;
