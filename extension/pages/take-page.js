// Page script: hands over the page as it is, once each time the engineer presses `Save page without
// its values`. The core replaces the values; nothing else keeps the page.
import { listen } from './common/listen.js';

listen('tetherTakePage', {
  take_page: async () => ({
    kind: 'page',
    url: location.href,
    html: document.documentElement.outerHTML,
  }),
});
