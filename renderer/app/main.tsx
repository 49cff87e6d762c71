import { createRoot } from 'react-dom/client';
import './tokens.css';
import './base.css';
import { listenToKeys } from '../actions/key-handler.ts';
import { connection } from '../client/connection.ts';
import { onOpenPaths } from '../client/start.ts';
import { watchHost } from '../stores/host-effects.ts';
import { watchLinks } from '../stores/linked-views.ts';
import { openPaths } from '../stores/open-effects.ts';
import { watchTravel } from '../stores/prefetch-effects.ts';
import { recent } from '../stores/recent-store.ts';
import { useSettings } from '../stores/settings-store.ts';
import { App } from './App.tsx';
import { followTheme } from './theme.ts';

followTheme();
watchHost();
watchTravel();
watchLinks();
listenToKeys(() => useSettings.getState().singleKeys);

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);

void recent.load();
void connection();
onOpenPaths((paths) => void openPaths(paths));
