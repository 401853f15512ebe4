import {
  type Component,
  type ComponentProps,
  ErrorBoundary,
  type JSX,
  lazy,
  Suspense,
} from 'solid-js'
import { loadTexts } from '../i18n/i18n.ts'
import type { Folder } from '../i18n/texts.ts'
import { Loading } from '../kit/status.tsx'
import { LoadFailed } from './page-failed.tsx'

/** A part of a page that comes after it; `preload` never fails, its place tells what went wrong. */
export type Later<P extends ComponentProps<Component>> = Component<P> & {
  readonly preload: () => Promise<void>
}

/**
 * A part of a page that not all who come need, so that nobody loads another's: its code and its
 * texts come when it is first drawn, or when it is preloaded. A page names those of who is signed
 * in as its `parts`, and they come beside its data. It waits in its own place: going to the page
 * does not wait for it, and what is around it stands.
 * @param load its component; asked for anew when it could not be fetched
 * @param texts folders beyond those of its page
 */
export function later<P extends ComponentProps<Component>>(
  load: () => Promise<Component<P>>,
  ...texts: Folder[]
): Later<P> {
  const make = () =>
    lazy(async () => {
      const [part] = await Promise.all([load(), loadTexts(...texts)])
      return { default: part }
    })
  let Content = make()
  const forget = () => {
    Content = make()
  }
  const Part = (props: P): JSX.Element => (
    <ErrorBoundary
      fallback={(error, reset) => (
        <LoadFailed
          error={error}
          onRetry={() => {
            forget()
            reset()
          }}
        />
      )}
    >
      <Suspense fallback={<Loading lines={4} isPart />}>
        <Content {...props} />
      </Suspense>
    </ErrorBoundary>
  )
  return Object.assign(Part, { preload: () => Content.preload().then(() => {}, forget) })
}
