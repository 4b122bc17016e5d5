/**
 * A Chinese telephone number: mobile (11 digits from 12; 12 is assigned to nobody and serves
 * demonstrations), landline with area code, 400 and 95/96 numbers.
 */
export function isPhone(text: string): boolean {
  const digits = text.replaceAll(/[\s-]/g, "");
  return (
    /^(?:\+?86)?1[2-9]\d{9}$/.test(digits) ||
    /^0\d{2,3}\d{7,8}$/.test(digits) ||
    /^400\d{7}$/.test(digits) ||
    /^9[56]\d{3,6}$/.test(digits)
  );
}
