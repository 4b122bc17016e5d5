import { uuidv7, type Id } from "@wanjia/domain/shared/id";

/** A fresh id, made at the desk so that sending a form twice makes one record. */
export function newId(): Id {
  return uuidv7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}
