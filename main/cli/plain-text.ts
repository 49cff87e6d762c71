/** Text for a terminal: characters of a file that would move the cursor, change colours or the title are shown as replaced. */
export function plainText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for; only line ends and tabs stay.
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\ufffd');
}
