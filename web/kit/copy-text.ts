/**
 * Text into the clipboard.
 * @returns false where the clipboard is closed to pages: by the browser's rights, or off a secure
 *   address, where it has none; the caller then shows the text so that it can be picked out by hand
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
