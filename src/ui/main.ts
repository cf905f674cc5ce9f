// The page begins here: its parts are registered, and the app finds its place in index.html.

import './app/stowage-app.ts';
