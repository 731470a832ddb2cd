import type { AboutSite } from '../about-site.ts';
import { IndexAddress } from './index-address.tsx';

interface InstallProps {
  readonly package: string;
  readonly about: AboutSite;
  readonly root: string;
}

/** What to type to install a package from this farm. */
export const Install = ({ package: name, ...site }: InstallProps) => (
  <pre>
    <code>
      pip install --extra-index-url <IndexAddress {...site} /> {name}
      {'\n'}
      uv pip install --index <IndexAddress {...site} /> {name}
    </code>
  </pre>
);
