export const platform = {
  refusals: {
    "not-signed-in": "Your session has ended. Please sign in again.",
    "not-allowed":
      "Your post does not cover this. If it has to be done, ask your station leader or the administrator.",
    "not-found":
      "There is no such record, or it is outside your area. Check the number and try again.",
    "invalid-input": "Something in this is not right. Correct the fields named and send it again.",
    "cross-site":
      "The request came from another site and was refused. Please use this platform's own pages.",
    "too-many-requests": "Too many requests. Please try again in {{seconds}} seconds.",
    "body-too-large": "This is too large (the limit is {{limit}}). Please send it in parts.",
    "unsupported-media-type": "This content type is not supported. Please send JSON.",
    "malformed-request":
      "The request is incomplete or malformed and cannot be read. Please try again.",
    "unknown-path": "There is nothing at this address.",
    "stale-version":
      "Somebody has just changed this record. Refresh, read what is there now, and change it again.",
    "internal-error":
      "Something broke and nothing was saved. Try again later; if it goes on, give the administrator the number {{requestId}}.",
    "sign-in-failed": "The login or the password is wrong.",
    "sign-in-locked":
      "Too many wrong passwords. The account is locked; try again in {{minutes}} minutes or ask the administrator.",
    "member-inactive": "This account has no valid post. Please ask the administrator.",
    "bad-cursor": "This place in the list is gone. Please go back to the first page.",
    "unknown-sort": "The list can't be sorted by “{{sort}}”.",
  },
  issues: {
    invalid_type: "missing or of the wrong type",
    too_small: "too small or too short",
    too_big: "too large or too long",
    invalid_format: "has the wrong form",
    invalid_value: "is not one of the choices",
    unrecognized_keys: "has fields that are not known",
    other: "does not meet the rule",
  },
} as const;
