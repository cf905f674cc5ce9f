// The page begins here: first the host starts in its worker, then the app finds its place in index.html.

import './start-host.ts';

void import('./app/stowage-app.ts');
