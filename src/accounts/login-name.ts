/** Whether a text may be a log-in name: 2 to 32 letters, digits, dots, `-` or `_`. */
export function isLoginName(text: string): boolean {
  return /^[\p{L}\p{N}._-]{2,32}$/u.test(text);
}
