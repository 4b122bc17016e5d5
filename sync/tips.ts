/** What each sealing around a tip is for: a piece that is put in another's place doesn't open. */
export const TIP_PURPOSES = {
  text: "wanjia/tip/text/1",
  answer: "wanjia/tip/answer/1",
  /** A share of a unit's key, as its keeper holds it. */
  share: "wanjia/tip/share/1",
  /** The same share, handed over to the keeper who asked. */
  handover: "wanjia/tip/handover/1",
} as const;
