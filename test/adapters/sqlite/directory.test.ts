// The SQLite directory keeps the promises of every directory.
import { directoryContract } from '../../contracts/directory.ts';
import { freshDirectory, openDirectory, removeDirectory } from './data-directory.ts';

directoryContract({ name: 'SQLite', fresh: freshDirectory, open: openDirectory, remove: removeDirectory });
