import { createUniqueId, For, type JSX, Show } from 'solid-js'
import { withoutHiddenMarks } from '../../server/kernel/hidden-marks.ts'
import { regionCode, regionName, regions } from '../../server/kernel/regions.ts'
import { type FieldFrame, Frame, frameOf } from './field.tsx'

/** A region by its code; who writes a name is given the code, and reads the name below it. */
export function RegionField(
  props: FieldFrame & { value: string; onInput: (code: string) => void },
): JSX.Element {
  const list = createUniqueId()
  const name = () => (/^\d{6}$/.test(props.value) ? regionName(props.value) : null)
  return (
    <Frame {...frameOf(props)} echo={<Show when={name()}>{(one) => <span>{one()}</span>}</Show>}>
      {(ids) => (
        <>
          <input
            class="yg-input"
            id={ids.id}
            name={props.name}
            list={list}
            value={props.value}
            maxlength={20}
            autocomplete="off"
            aria-describedby={ids.describedBy}
            aria-invalid={ids.invalid}
            onInput={(e) => props.onInput(withoutHiddenMarks(e.currentTarget.value))}
            onChange={(e) => {
              const { value } = e.currentTarget
              props.onInput(regionCode(value) ?? value)
            }}
          />
          <datalist id={list}>
            <For each={regions}>{(one) => <option value={one.code}>{one.name}</option>}</For>
          </datalist>
        </>
      )}
    </Frame>
  )
}
