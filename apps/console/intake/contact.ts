/** How to reach a resident, as every form of the desk asks it. */

/** As the fields hold it. */
export interface ContactValues {
  readonly salutation?: string | undefined;
  readonly phone?: string | undefined;
  readonly consent?: boolean | undefined;
}

interface ContactGiven {
  readonly phone?: string;
  readonly salutation?: string;
  readonly consent: boolean;
}

/** Nothing of a contact is kept without consent, so it is asked for before it would be dropped. */
export function lacksConsent({ phone = "", salutation = "", consent }: ContactValues): boolean {
  return consent !== true && (phone.trim() !== "" || salutation.trim() !== "");
}

/** What was given of it; nothing where both were left empty. */
export function contactOf({ phone = "", salutation = "", consent }: ContactValues): {
  readonly contact?: ContactGiven;
} {
  const [number, name] = [phone.trim(), salutation.trim()];
  if (number === "" && name === "") return {};
  return {
    contact: {
      ...(number === "" ? {} : { phone: number }),
      ...(name === "" ? {} : { salutation: name }),
      consent: consent === true,
    },
  };
}
