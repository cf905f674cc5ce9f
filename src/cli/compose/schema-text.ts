// The Compose specification's schema, in a notation of few letters (read by schema.ts).

/**
 * Types: letters of `s`tring `n`umber `i`nteger `b`oolean nul`z` `o`bject, several for any of them; `@name` a definition;
 * `[T]` a list, `[T]u` without doubles; `T|U` exactly one; `'a,b'` one of the texts; `~regex~` a text that matches;
 * `{key:T key*:T}` an object, `*` required, with `x-` keys besides; `{!…}` without those; `{+…}` with any; `{?…}` or null;
 * `<T>` a map by name, `<+T>` with other names besides, `<.T>` by any key; `i(0,100)` a range.
 */
export const SCHEMA: Readonly<Record<string, string>> = {
  root: '{version:s name:s include:[@include] services:<@service> models:<+@model> networks:<+@network> volumes:<@volume> secrets:<@secret> configs:<@config>}',
  service: `{develop:@development deploy:@deployment annotations:@list_or_dict attach:bs build:s|@build
blkio_config:{!device_read_bps:[@blkio_limit] device_read_iops:[@blkio_limit] device_write_bps:[@blkio_limit] device_write_iops:[@blkio_limit] weight:is weight_device:[{!path:s weight:is}]}
cap_add:@strings cap_drop:@strings cgroup:'host,private' cgroup_parent:s command:@command configs:@refs container_name:~[a-zA-Z0-9][a-zA-Z0-9_.-]+~
cpu_count:s|i(0) cpu_percent:s|i(0,100) cpu_shares:ns cpu_quota:ns cpu_period:ns cpu_rt_period:ns cpu_rt_runtime:ns cpus:ns cpuset:s
credential_spec:{config:s file:s registry:s}
depends_on:@strings|<{restart:bs required:b condition*:'service_started,service_healthy,service_completed_successfully'}>
device_cgroup_rules:@strings devices:[s|{source*:s target:s permissions:s}] dns:@texts dns_opt:@strings dns_search:@texts domainname:s entrypoint:@command
env_file:s|[s|{!path*:s format:s required:bs}] label_file:s|[s] environment:@list_or_dict expose:[sn]u extends:s|{!service*:s file:s}
provider:{type*:s options:<.snb|[snb]>} external_links:@strings extra_hosts:@extra_hosts gpus:'all'|[@gpu] group_add:[sn]u healthcheck:@healthcheck hostname:s image:s init:bs
ipc:s isolation:s labels:@list_or_dict links:@strings logging:{driver:s options:<.snz>} mac_address:s mem_limit:ns mem_reservation:si mem_swappiness:is memswap_limit:ns
network_mode:s models:@strings|<+{endpoint_var:s model_var:s}|z>
networks:@strings|<{aliases:@strings interface_name:s ipv4_address:s ipv6_address:s link_local_ips:@strings mac_address:s driver_opts:<.sn> priority:n gw_priority:n}|z>
oom_kill_disable:bs oom_score_adj:s|i(-1000,1000) pid:sz pids_limit:ns platform:s
ports:[n|s|{name:s mode:s host_ip:s target:is published:si protocol:s app_protocol:s}]u post_start:[@hook] pre_stop:[@hook] privileged:bs profiles:@strings
pull_policy:~always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+~ pull_refresh_after:s read_only:bs restart:s runtime:s scale:is security_opt:@strings
shm_size:ns secrets:@refs sysctls:@list_or_dict stdin_open:bs stop_grace_period:s stop_signal:s storage_opt:o tmpfs:@texts tty:bs ulimits:@ulimits use_api_socket:b user:s uts:s userns_mode:s
volumes:[s|{type*:'bind,volume,tmpfs,cluster,npipe,image' source:s target:s read_only:bs consistency:s
bind:{propagation:s create_host_path:bs recursive:'enabled,disabled,writable,readonly' selinux:'z,Z'} volume:{labels:@list_or_dict nocopy:bs subpath:s}
tmpfs:{size:i(0)|s mode:ns} image:{subpath:s}}]u volumes_from:@strings working_dir:s}`,
  build: `{context:s dockerfile:s dockerfile_inline:s entitlements:[s] args:@list_or_dict ssh:@list_or_dict labels:@list_or_dict cache_from:[s] cache_to:[s] no_cache:bs
additional_contexts:@list_or_dict network:s provenance:sb sbom:sb pull:bs target:s shm_size:is extra_hosts:@extra_hosts isolation:s privileged:bs secrets:@refs tags:[s] ulimits:@ulimits platforms:[s]}`,
  healthcheck: '{disable:bs interval:s retries:ns test:s|[s] timeout:s start_period:s start_interval:s}',
  development: "{?watch:[{ignore:@texts include:@texts path*:s action*:'rebuild,sync,restart,sync+restart,sync+exec' target:s exec:@hook initial_sync:b}]}",
  deployment: `{?mode:s endpoint_mode:s replicas:is labels:@list_or_dict rollback_config:@update update_config:@update
resources:{limits:{cpus:ns memory:s pids:is} reservations:{cpus:ns memory:s generic_resources:[{discrete_resource_spec:{kind:s value:ns}}] devices:[@gpu]}}
restart_policy:{condition:s delay:s max_attempts:is window:s} placement:{constraints:[s] preferences:[{spread:s}] max_replicas_per_node:is}}`,
  update: "{parallelism:is delay:s failure_action:s monitor:s max_failure_ratio:ns order:'start-first,stop-first'}",
  gpu: '{capabilities:@strings count:si device_ids:@strings driver:s options:@list_or_dict}',
  include: 's|{!path:@texts env_file:@texts project_directory:s}',
  network: `{?name:s driver:s driver_opts:<.sn> ipam:{driver:s config:[{subnet:s ip_range:s gateway:s aux_addresses:<.s>}] options:<.s>} external:bso
internal:bs enable_ipv4:bs enable_ipv6:bs attachable:bs labels:@list_or_dict}`,
  volume: '{?name:s driver:s driver_opts:<.sn> external:bso labels:@list_or_dict}',
  secret: '{name:s environment:s file:s external:bso labels:@list_or_dict driver:s driver_opts:<.sn> template_driver:s}',
  config: '{name:s content:s environment:s file:s external:bso labels:@list_or_dict template_driver:s}',
  model: '{name:s model*:s context_size:i runtime_flags:[s]}',
  command: 'z|s|[s]',
  hook: '{command*:@command user:s privileged:bs working_dir:s environment:@list_or_dict}',
  texts: 's|@strings',
  strings: '[s]u',
  list_or_dict: '<.snbz>|[s]u',
  extra_hosts: '<.s|[s]>|[s]u',
  blkio_limit: '{!path:s rate:is}',
  refs: '[s|{source:s target:s uid:s gid:s mode:ns}]',
  ulimits: '<.is|{soft*:is hard*:is}>',
};
