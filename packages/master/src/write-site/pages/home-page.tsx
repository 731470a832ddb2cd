import type { BuildRow } from '@piw/db/build-row';
import type { Totals } from '@piw/db/tallies';
import type { StoredTarget } from '@piw/db/targets';
import { formatSize } from '@piw/host/size';
import { compareTargets } from '@piw/wheel/target';
import type { AboutSite } from '../about-site.ts';
import { Day } from './day.tsx';
import { framed } from './frame.tsx';
import { IndexAddress } from './index-address.tsx';
import { Install } from './install.tsx';

const root = './';

/** What the home page tells of the farm. */
export interface FarmStory {
  readonly figures: Totals;
  readonly targets: readonly StoredTarget[];
  readonly builds: readonly BuildRow[];
}

/** The home page: what this is, how to use it, what it serves. */
export const homePage = (story: FarmStory, about: AboutSite): string =>
  framed({ title: about.name, root, about, children: <HomeContent {...story} about={about} /> });

const HomeContent = ({ figures, targets, builds, about }: FarmStory & { readonly about: AboutSite }) => (
  <>
    <h1>{about.name}</h1>
    <p class="lead">Python wheels for platforms that PyPI does not serve, built from the sources on PyPI.</p>
    <Figures {...figures} />
    <h2>Use it</h2>
    <p>Once:</p>
    <Install package="PACKAGE" about={about} root={root} />
    <p>
      Always, with these lines in <code>pip.conf</code>:
    </p>
    <pre>
      <code>
        [global]{'\n'}extra-index-url = <IndexAddress about={about} root={root} />
      </code>
    </pre>
    <h2>What it builds for</h2>
    {targets.length === 0 ? <p>Nothing yet: this farm has no targets.</p> : <Targets targets={targets} />}
    {builds.length > 0 && (
      <>
        <h2>Built last</h2>
        <Builds builds={builds} />
      </>
    )}
  </>
);

const Figures = ({ packages, versions, files, filesBytes }: Totals) => (
  <dl class="figures">
    {[
      ['Packages', packages],
      ['Versions', versions],
      ['Wheels', files],
    ].map(([what, count]) => (
      <div key={what}>
        <dt>{what}</dt>
        <dd>{count?.toLocaleString('en')}</dd>
      </div>
    ))}
    <div>
      <dt>Size</dt>
      <dd>{formatSize(filesBytes)}</dd>
    </div>
  </dl>
);

const Targets = ({ targets }: Pick<FarmStory, 'targets'>) => (
  <div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">Python</th>
          <th scope="col">ABI</th>
          <th scope="col">Platform</th>
        </tr>
      </thead>
      <tbody>
        {targets.toSorted(compareTargets).map(({ targetId, implementation, python, abi, platform }) => (
          <tr key={targetId}>
            <td>
              {implementation} {python}
            </td>
            <td>{abi}</td>
            <td>{platform}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const Builds = ({ builds }: Pick<FarmStory, 'builds'>) => (
  <div class="scroll">
    <table>
      <tbody>
        {builds.map(({ attempt, package: name, version, target, endedMs }) => (
          <tr key={attempt}>
            <td>
              <a href={`project/${name}/`}>{name}</a> {version}
            </td>
            <td>
              {target.abi} {target.platform}
            </td>
            <td>{endedMs !== null && <Day ms={endedMs} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
