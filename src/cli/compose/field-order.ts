// Fields of a project in the order in which `docker compose config` shows them, and which of them show when empty.

import type { Project, Service } from './project.ts';
import { type Dict, isDict, type Value } from './yaml-document.ts';

/** `name!` also when empty; `name:T` an object of fields T, also when empty; `name[T` a list of them; `name<T` a map of them. */
const STRUCTS: Readonly<Record<string, string>> = {
  service: `profiles annotations attach! build:build develop:develop blkio_config:blkio cap_add cap_drop cgroup_parent cgroup cpu_count cpu_percent cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpus cpuset cpu_shares
command! configs[ref container_name credential_spec:credential depends_on<dependency deploy:deploy device_cgroup_rules devices[device dns dns_opt dns_search domainname entrypoint! provider:provider environment env_file expose
extends external_links extra_hosts group_add gpus[gpu hostname healthcheck:health image init! ipc isolation labels label_file links logging:logging mem_limit mem_reservation memswap_limit mem_swappiness mac_address models<model
network_mode networks<endpoint oom_kill_disable oom_score_adj pid pids_limit platform ports[port privileged pull_policy read_only restart runtime scale! secrets[ref security_opt shm_size stdin_open stop_grace_period! stop_signal
storage_opt sysctls tmpfs tty ulimits<ulimit use_api_socket user userns_mode uts volumes[volume volumes_from working_dir post_start[hook pre_stop[hook`,
  build: 'context dockerfile dockerfile_inline entitlements args provenance sbom ssh labels cache_from cache_to no_cache additional_contexts pull extra_hosts isolation network target secrets[ref shm_size tags ulimits<ulimit platforms privileged',
  develop: 'watch[watch', watch: 'path action target ignore include exec:hook initial_sync',
  blkio: 'weight weight_device[weight device_read_bps[rate device_read_iops[rate device_write_bps[rate device_write_iops[rate', weight: 'path weight', rate: 'path rate',
  ref: 'source target uid gid mode', credential: 'config file registry', dependency: 'condition restart required!', device: 'source target permissions',
  deploy: 'mode replicas! labels update_config:update rollback_config:update resources:resources restart_policy:policy placement:placement endpoint_mode',
  update: 'parallelism! delay failure_action monitor max_failure_ratio order', resources: 'limits:limit reservations:limit', limit: 'cpus memory pids devices[gpu generic_resources',
  policy: 'condition delay! max_attempts! window!', placement: 'constraints preferences[spread max_replicas_per_node', spread: 'spread', provider: 'type options', gpu: 'capabilities driver count device_ids options',
  health: 'test timeout! interval! retries! start_period! start_interval! disable', logging: 'driver options', model: 'endpoint_var model_var',
  endpoint: 'aliases driver_opts gw_priority interface_name ipv4_address ipv6_address link_local_ips mac_address priority', port: 'name mode host_ip target published protocol app_protocol', ulimit: 'single soft hard',
  volume: 'type source target read_only consistency bind:bind volume:named tmpfs:tmpfs image:image', bind: 'selinux propagation create_host_path recursive', named: 'labels nocopy subpath', tmpfs: 'size mode', image: 'subpath',
  hook: 'command! user privileged working_dir environment',
  network: 'name driver driver_opts ipam:ipam external internal attachable labels enable_ipv4! enable_ipv6!', ipam: 'driver config[pool', pool: 'subnet gateway ip_range aux_addresses',
  projectVolume: 'name driver driver_opts external labels', file: 'name file environment content external labels driver driver_opts template_driver',
};

const empty = (value: Value): boolean => value === undefined || value === null || value === '' || value === 0 || value === false
  || (Array.isArray(value) ? !value.length : isDict(value) && !Object.keys(value).length);

/** An object with its fields in order. Without `extensions` there are no `x-` fields: as JSON and the hash see it. */
export function arrange(struct: string, value: Value, extensions = true): Value {
  if (!isDict(value)) return value;
  const out: Dict = {};
  for (const [, name = '', how = '', of = ''] of STRUCTS[struct]!.matchAll(/(\w+)([!:[<]?)(\w*)/g)) {
    const each = value[name];
    if (each === undefined || (each === null && name !== 'command')) continue;
    if (how === ':') {
      if (name === 'ipam' && empty(each)) continue;
      out[name] = arrange(of, each, extensions);
    } else if (how === '!') out[name] = each;
    else if (empty(each)) continue;
    else if (how === '[') out[name] = (each as Value[]).map((item) => arrange(of, item, extensions));
    else if (how === '<') out[name] = Object.fromEntries(Object.entries(each as Dict).map(([key, item]) => [key, arrange(of, item, extensions)]));
    else out[name] = each;
  }
  if (out['command'] === null) delete out['command'];
  if (extensions) for (const key of Object.keys(value).sort()) if (key.startsWith('x-')) out[key] = value[key];
  return out;
}

export const arrangeService = (service: Service, extensions = true): Dict => arrange('service', service, extensions) as Dict;

/** The project as `config` shows it. */
export function arrangeProject(project: Project, extensions = true): Dict {
  const map = (struct: string, record: Record<string, unknown>) => Object.fromEntries(Object.entries(record).map(([key, value]) => [key, arrange(struct, value, extensions)]));
  const out: Dict = { name: project.name, services: map('service', project.services) };
  for (const [key, struct] of [['networks', 'network'], ['volumes', 'projectVolume'], ['secrets', 'file'], ['configs', 'file']] as const) {
    if (Object.keys(project[key]).length) out[key] = map(struct, project[key]);
  }
  for (const [key, value] of Object.entries(project.extensions).sort(([a], [b]) => (a < b ? -1 : 1))) if (extensions || !key.startsWith('x-')) out[key] = value;
  return out;
}

/** The order of Go's JSON: fields as they are, keys of maps by bytes; a service always tells command and entrypoint. */
export function goJson(value: Value, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const FREE = new Set(['annotations', 'args', 'labels', 'environment', 'driver_opts', 'options', 'sysctls', 'storage_opt', 'additional_contexts', 'aux_addresses', 'depends_on', 'networks', 'models', 'ulimits']);

function sortMaps(value: Value): Value {
  if (Array.isArray(value)) return value.map(sortMaps);
  if (!isDict(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, FREE.has(key) && isDict(each)
    ? Object.fromEntries(Object.keys(each).sort().map((name) => [name, sortMaps(each[name])])) : sortMaps(each)]));
}

/** A service as Go marshals it into JSON. */
export function serviceJson(service: Service): Dict {
  const fields = sortMaps(arrangeService(service, false)) as Dict;
  const out: Dict = {};
  const order = STRUCTS['service']!.match(/\w+(?=[!:[<\s]|$)/g)!;
  for (const name of order) {
    if (name === 'command' || name === 'entrypoint') out[name] = fields[name] ?? null;
    else if (name in fields) out[name] = fields[name];
  }
  return out;
}
