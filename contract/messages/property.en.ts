import { matters } from "./matters.en.ts";
import { places } from "./places.en.ts";

export const property = {
  refusals: {
    "not-permitted": matters.refusals["not-permitted"],
    "wrong-state": matters.refusals["wrong-state"],
    "text-forbidden": matters.refusals["text-forbidden"],
    "too-many-looks": matters.refusals["too-many-looks"],
    "forbidden-column": places.refusals["forbidden-column"],
    "id-number-in-column": places.refusals["id-number-in-column"],
    "no-header": places.refusals["no-header"],
    "unreadable-file": places.refusals["unreadable-file"],
    "file-too-large": places.refusals["file-too-large"],
    "unknown-column":
      "The list has no column “{{column}}”, or it is there twice. Leave only its columns and upload again.",
    "missing-column": "The column “{{column}}” is missing. Add it and upload again.",
    "no-contact": "Nothing says how to reach the owner. Put up a notice.",
    "owner-known":
      "The owner hasn't been told yet. Try that first, and put up a notice if it fails.",
    "meeting-unknown":
      "Your station has no such return meeting, or it was called off. Choose another.",
    "slot-unknown": "There is no such slot, or it has passed. Choose another.",
    "slot-full": "This slot is full. Choose another.",
    "officer-may-not-collect":
      "An officer may not collect for anybody. The owner comes, or somebody he empowered.",
    "right-unchecked":
      "Check first who is collecting and by what right; an agent brings a power of attorney.",
    "not-confirmed": "Whoever collects confirms on the list of returned items first.",
    "two-officers":
      "Two officers of the station are there, and one of them records it. Check who was.",
    "list-no-malformed":
      "Write the number, at most 40 characters; no phone and no document numbers.",
    "too-many-months": "Extensions come to {{limit}} months at most.",
    "extension-over":
      "The extended day has passed already: it would help nobody. Treat it as unclaimed.",
    "still-collectable": "It can be collected until {{day}}; it isn't the state's before.",
    "meeting-times":
      "The times don't fit: a time to come, at most {{hours}} hours, at least one slot.",
    "meeting-held": "The return meeting has begun and can't be called off.",
  },
  state: {
    eligible: "Owner to be told",
    owner_notified: "Owner told",
    unclaimed_notice: "Notice is up",
    appointment: "Time agreed",
    unclaimed: "Nobody came",
    returned: "Returned",
    handed_to_state: "Handed to the state",
    withdrawn: "Back to the ledger",
  },
  itemClass: {
    cash: "Cash",
    car: "Car",
    motorcycle: "Motorcycle",
    e_bike: "E-bike",
    phone: "Phone",
    laptop: "Laptop",
    livestock: "Livestock",
    other: "Other",
  },
  band: {
    under_1000: "under ¥1,000",
    under_10000: "¥1,000 to 10,000",
    under_100000: "¥10,000 to 100,000",
    over_100000: "over ¥100,000",
  },
  command: {
    notify: "Tell the owner",
    announce: "Put up a notice",
    book: "Agree on a time",
    release: "Cancel the time",
    hand_over: "Record the return",
    extend: "Extend the time",
    hand_to_state: "Record the hand-over to the state",
    withdraw: "Give back to the ledger",
  },
  event: {
    imported: "Put on the list",
    notified: "Owner told",
    announced: "Notice put up",
    booked: "Time agreed",
    released: "Time cancelled",
    returned: "Returned",
    extended: "Time extended",
    lapsed: "Time ran out",
    handed_to_state: "Handed to the state",
    withdrawn: "Given back to the ledger",
  },
  mode: { phone: "By phone", letter: "By letter", in_person: "In person" },
  receiver: { owner: "The owner", agent: "Somebody empowered" },
  release: {
    absent: "Didn't come",
    called_off: "Another time",
    meeting_cancelled: "Meeting called off",
  },
  extension: {
    owner_ill: "Owner is ill",
    owner_away: "Owner is away",
    papers_missing: "Papers aren't ready",
    other: "Other special circumstances",
  },
  withdrawal: {
    ownership_disputed: "Ownership is disputed",
    needed_as_evidence: "Still needed as evidence",
    listed_wrongly: "Listed by mistake",
  },
  field: {
    registerNo: "Ledger no.",
    itemClass: "Class",
    count: "Count",
    valueYuan: "Value (yuan)",
    approvedOn: "Approved on",
    salutation: "How to address the owner",
    phone: "Owner's phone",
  },
} as const;
