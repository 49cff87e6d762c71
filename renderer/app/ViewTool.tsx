import { memo } from 'react';
import { actionById } from '../actions/actions.ts';
import { useSettings } from '../stores/settings-store.ts';
import { useViews } from '../stores/view-store.ts';
import { IconButton } from '../widgets/IconButton.tsx';

/** A command as a button of a view's toolbar: pressing it makes that view the active one first. `optional` tools are there where they can do something. */
export const ViewTool = memo(function ViewTool({ id, viewId, optional = false }: { id: string; viewId: string; optional?: boolean }) {
  const action = actionById(id);
  useSettings((state) => state.keys[id]);
  const disabled = useViews((state) => !action.enabled(state.views[viewId]));
  const pressed = useViews((state) => action.checked?.(state.views[viewId]));
  const run = (): void => {
    useViews.getState().activate(viewId);
    if (action.enabled()) void action.run();
  };
  if (optional && disabled) return null;
  return (
    <IconButton
      icon={action.icon ?? 'more'}
      label={action.label}
      keys={action.keys[0]}
      disabled={disabled}
      {...(pressed === undefined ? {} : { pressed })}
      onPress={run}
    />
  );
});
