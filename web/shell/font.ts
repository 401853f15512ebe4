import { squareFont } from './square-font.ts'

const square = 'Yangguang Square'

/**
 * The bundled Chinese font, in slices: only for a device that has none, which would show boxes. Its
 * style sheet alone is larger than all of ours, so that nobody else loads it, and even there it comes
 * after the page is drawn; until then squares of the same width stand in its place.
 */
export interface FontPlan {
  /** Called as the page is drawn: before, it would move the first HTML, which has the device's. */
  readonly stand: () => void
  /** Called once the page is drawn. */
  readonly bring: () => void
}

export async function prepareFont(): Promise<FontPlan> {
  if (canWriteChinese()) return { stand: () => {}, bring: () => {} }
  const root = document.documentElement
  const own = getComputedStyle(root).getPropertyValue('--font')
  const face = new FontFace(square, squareFont(), { weight: '100 900' })
  await face.load().catch(() => {}) // who refuses it shows boxes of its own meanwhile
  return {
    stand: () => {
      document.fonts.add(face)
      root.style.setProperty('--font', `${own}, "${square}"`)
    },
    bring: () => void import('../kit/font.css'),
  }
}

const size = 32

/** Two characters that differ look alike, or are not as wide as they are high: they are boxes. */
function canWriteChinese(): boolean {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = size
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (!pen) return true
  pen.font = `${size}px ${getComputedStyle(document.documentElement).getPropertyValue('--font')}`
  if (Math.abs(pen.measureText('阳').width - size) > 1) return false
  const [one, other] = ['阳', '光'].map((character) => {
    pen.clearRect(0, 0, size, size)
    pen.fillText(character, 0, size * 0.9)
    return pen.getImageData(0, 0, size, size).data.join()
  })
  return one !== other
}
