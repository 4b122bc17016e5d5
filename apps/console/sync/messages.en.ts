import type { SameKeys } from "../shell/messages.ts";
import type { zhCN } from "./messages.zh-CN.ts";

export const en: SameKeys<typeof zhCN> = {
  devices: {
    title: "Devices",
    lead: "Phones that have signed in for visits. When one is lost, switch it off: it can no longer send or fetch, and it wipes its store when opened.",
    lead_own:
      "Phones on which you have signed in. When one is lost, switch it off: it can no longer send or fetch, and it wipes its store when opened.",
    name: "Phone",
    member: "Used by",
    registered: "Registered",
    last_seen: "Last contact",
    state: "State",
    in_use: "In use",
    revoked: "Switched off",
    quiet: "No contact for over 7 days",
    protocol: "Protocol",
    search: "Phone or member",
    revoke: "Switch off",
    revoke_title: "Switch this phone off",
    revoke_text:
      "{{name}} ({{member}}) can no longer send or fetch from now on, and wipes its store when next opened. Visits on it that were not sent are lost: if the phone is at hand, send or export them first. This can't be undone; to use the phone again it must be registered anew.",
    revoke_done: "Phone switched off",
    empty: "No phone registered yet",
    empty_hint: "Once an officer opens /field/ on a phone and signs in, the phone is listed here.",
  },
  import: {
    title: "Import visits exported from a phone",
    lead: "A phone without network can export its unsent work as an encrypted file, to be sent from here. The file is opened in this computer's browser alone; the passphrase is never sent. You can import your own work only.",
    choose: "Choose the exported file",
    chosen: "Chosen: {{name}}",
    other: "Another file",
    passphrase: "Passphrase that the phone showed",
    passphrase_needed: "Enter the passphrase that the phone showed.",
    open: "Open the file",
    found: "The file holds {{count}} records, exported from the phone on {{at}}.",
    send: "Send {{count}} records",
    sending: "Sending {{done}} of {{total}}",
    done: "All sent: {{accepted}} new, {{had}} received before, {{refused}} refused.",
    nothing: "The file holds nothing unsent.",
    refused_title: "Refused records",
    refused_hint: "These records are still on the phone and can be mended and sent there.",
    when: "Time",
    what: "What",
    why: "Why",
    failure: {
      "not-an-export":
        "This is not a file exported from a phone, or it is incomplete. Export it again.",
      "wrong-passphrase":
        "The passphrase is wrong, or the file was changed. Check the passphrase that the phone showed.",
      "content-differs":
        "A record in the file does not match its checksum; nothing was sent. Export the file again.",
    },
    type: {
      "visits.record": "Visit",
      "visits.correct": "Correction of a visit",
      other: "Record",
    },
    unknown: "The server gave no reason ({{code}})",
  },
};
