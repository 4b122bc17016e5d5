export const tips = {
  begin: "Somebody has a tip (sealed)",
  title: "Seal a tip",
  now: "It is happening now, or somebody is in danger: call 110 at once, don't write it here.",
  none: "This phone has no receiving unit's key yet. Sync once, or ask them to call 110 or come to a station; they need not give a name.",
  promise:
    "Write what you were told, not who told it or at which door. Once sealed, this phone can't open it either; it is linked to no home and no visit, nor to who sent it.",
  unit: "Which unit it goes to",
  category: "Roughly what it is about",
  text: "What you were told",
  textHint:
    "What, where, when. Read it back to them. What isn't sealed is gone when the phone locks or you leave.",
  answer: "They want to know what became of it",
  answerHint: "Only the receipt opens the answer.",
  seal: "Seal it and give the receipt",
  full: "The phone is full; nothing was kept. Make room first, or ask them to call 110.",
  goesTo: "Goes to “{{unit}}”, check digits of its key:",
  receipt: {
    title: "Sealed: give the receipt",
    copy: "Let them copy or photograph these six groups. They are shown this once and not kept.",
    where: "Later, at {{host}}, the receipt shows what became of it.",
    next: "Without a network it waits on this phone and goes by itself; until then the receipt finds nothing.",
    sure: "Once closed, this receipt can't be shown again. Press the button below when it is copied.",
    done: "It is copied, close",
  },
  waiting: "Sealed tips that wait for a network: {{count}}.",
  refused:
    "Sealed tips that no unit takes any more (its key was changed, or it is closed): {{count}}. This phone can't open them; they have to be told again.",
  dropRefused: "Understood, delete them",
} as const;
