export const sync = {
  refusals: {
    "device-unknown": "This phone is not registered to you. Please sign in on it again.",
    "device-revoked":
      "This phone has been switched off and can't send or receive. If that was a mistake, ask an administrator to register it again.",
    "protocol-unsupported":
      "This version of the app is too old for the server. Update it and sync again; unsent records are kept.",
    "not-your-beat": "This is not your beat, so its records can't be downloaded.",
    "not-your-work":
      "The file holds somebody else's visits. Let the officer sign in and import it.",
    "content-differs":
      "The server has a record with the same id but other content. Check it and save yours as a new record.",
    "malformed-command":
      "The server can't read this record. Update the app, edit the record and send it again.",
    replaced: "This record was replaced by your repaired one.",
    "original-accepted":
      "The original was saved after all, so nothing needs repair. To change it, record a correction.",
    "not-an-export": "This is not a file of unsent records exported from Wanjia.",
    "wrong-passphrase": "The passphrase is wrong, or the file is damaged.",
  },
  failures: {
    "unknown-command":
      "The server does not know this kind of record yet. It will be sent again once the server is updated.",
    "server-fault":
      "The server failed on this record. It stays on the phone and will be sent again.",
  },
  alarms: {
    lacking:
      "The server lacked {{count}} records that it had taken; the phone has sent them again.",
    lost: "The server lacks {{count}} records that it had taken, and the phone no longer holds their text. Tell an administrator now; the receipts are proof.",
    altered:
      "The server holds {{count}} records that differ from your receipts. Tell an administrator now.",
    "bad-receipt": "The server's receipt could not be verified; the record is kept as unsent.",
  },
} as const;
