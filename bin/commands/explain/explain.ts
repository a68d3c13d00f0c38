import { noun } from '../../cli/noun.ts';
import { filter } from './filter.ts';

export const explain = noun('explain <verb>', 'Explain what the connector does', [filter]);
