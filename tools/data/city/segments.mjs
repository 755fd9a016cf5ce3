// Which segments a sample firm's products are: by product, or by its trade. What is not named here has no sample firm, and
// some segments are left empty on purpose: a chain has gaps.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const BY_PRODUCT = {
  电池级碳酸锂: 'battery.lithium_salt', 氢氧化锂: 'battery.lithium_salt', 三元前驱体: 'battery.precursor',
  磷酸铁: 'battery.iron_phosphate', 三元正极材料: 'battery.cathode', 磷酸铁锂正极材料: 'battery.cathode',
  人造石墨负极: 'battery.anode', 硅碳负极: 'battery.anode', 锂电池电解液: 'battery.electrolyte', 电解液添加剂: 'battery.solvent',
  导电剂: 'battery.binder_conductor', 电池粘结剂: 'battery.binder_conductor',
  锂电铜箔: 'battery.copper_foil new_it.copper_foil', 电池铝箔: 'battery.aluminium_foil',
  电芯壳体: 'battery.case', 电池盖板: 'battery.case', 电池箱体: 'battery.pack_parts', 极耳: 'battery.pack_parts',
  铜铝复合带: 'battery.pack_parts', 方形磷酸铁锂电芯: 'battery.cell', 圆柱锂离子电芯: 'battery.cell', 电池管理系统: 'battery.bms',
  电池保护板: 'battery.bms', 电池模组与电池包: 'battery.module_pack nev.battery_pack', 户用储能系统: 'battery.storage',
  工商业储能柜: 'battery.storage silicon_energy.storage', 储能变流器: 'battery.pcs', 涂布机: 'battery.equipment',
  卷绕机: 'battery.equipment', 化成分容设备: 'battery.equipment', 废旧锂电池综合利用: 'battery.recycling', 驱动电机: 'nev.motor',
  车用微特电机: 'nev.motor new_it.acoustic_motor', 电机控制器: 'nev.controller', 电驱动总成: 'nev.reducer', 充电桩: 'nev.charging',
  车载充电机: 'nev.obc_dcdc', 高压线束: 'nev.harness', 整车线束: 'nev.harness', 'LED 车灯': 'nev.lamp_glass',
  电机壳体压铸件: 'nev.casting', 铝合金减速器壳体: 'nev.casting', 铝合金轮毂: 'nev.wheel_tyre', 车身冲压件: 'nev.stamping',
  底盘结构件: 'nev.chassis', 汽车内饰件: 'nev.interior_seat', 注塑装饰件: 'nev.interior_seat', 座椅骨架: 'nev.interior_seat',
  制动盘: 'nev.brake_steer', 制动片: 'nev.brake_steer', 电池水冷板: 'nev.thermal battery.thermal', 车用换热器: 'nev.thermal',
  车用密封条: 'nev.plastics', 减震橡胶件: 'nev.chassis', 汽车钢化玻璃: 'nev.lamp_glass',
  车载显示屏: 'nev.cockpit new_it.vehicle_industrial', 行车记录仪: 'nev.cockpit', 新能源环卫车: 'nev.commercial',
  冷藏车改装: 'nev.commercial', 覆铜板: 'new_it.laminate', 半固化片: 'new_it.laminate',
  多层印制电路板: 'new_it.pcb nev.pcb_electronics', 柔性电路板: 'new_it.pcb', 金属基板: 'new_it.pcb',
  电镀添加剂: 'new_it.gas_chemical', 感光油墨: 'new_it.gas_chemical', 铝电解电容器: 'new_it.passive', 功率电感: 'new_it.passive',
  板对板连接器: 'new_it.connector', 精密端子: 'new_it.connector nev.pcb_electronics', 温度传感器: 'new_it.sensor_optic nev.sensor',
  压力传感器: 'new_it.sensor_optic nev.sensor', 功率器件封装: 'new_it.discrete', 集成电路封测: 'new_it.packaging',
  'LED 灯珠': 'new_it.led', 'LED 模组': 'new_it.led', 背光模组: 'new_it.display', 液晶显示模组: 'new_it.display',
  触控屏: 'new_it.display', 光学镜片: 'new_it.sensor_optic', 手机镜头组件: 'new_it.sensor_optic', 开关电源: 'new_it.power_supply',
  服务器电源: 'new_it.power_supply', 电子产品金属外壳: 'new_it.housing', 散热模组: 'new_it.housing', 智能门锁: 'new_it.smart_home',
  平板电脑: 'new_it.terminal', 基站天线: 'new_it.telecom', 光模块: 'new_it.telecom', 无线麦克风: 'new_it.acoustic_motor',
  专业音箱: 'new_it.acoustic_motor', 调音台: 'new_it.acoustic_motor', 智能手表: 'new_it.wearable', 蓝牙耳机: 'new_it.wearable',
  工业管理软件: 'new_it.software', 嵌入式软件: 'new_it.software', 单晶硅片切片: 'silicon_energy.wafer',
  光伏组件: 'silicon_energy.module', 光伏压延玻璃: 'silicon_energy.glass', 'EVA 胶膜': 'silicon_energy.film',
  'POE 胶膜': 'silicon_energy.film', 光伏铝边框: 'silicon_energy.frame', 组串式逆变器: 'silicon_energy.inverter',
  微型逆变器: 'silicon_energy.inverter', 光伏接线盒: 'silicon_energy.ribbon_box', 光伏连接器: 'silicon_energy.cable_box',
  光伏支架: 'silicon_energy.mount', 跟踪支架: 'silicon_energy.mount', 分布式光伏电站建设: 'silicon_energy.rooftop',
  机床床身铸件: 'cnc.casting', 球墨铸铁件: 'cnc.casting', 机床防护钣金: 'cnc.enclosure', 机柜钣金: 'cnc.enclosure',
  高速电主轴: 'cnc.spindle', 滚珠丝杠: 'cnc.screw', 直线导轨: 'cnc.guide', 精密轴承: 'cnc.bearing',
  硬质合金刀具: 'cnc.cutting_tool', 刀柄: 'cnc.cutting_tool', 液压站: 'cnc.hydraulic_lube', 液压缸: 'cnc.hydraulic_lube',
  机床冷却泵: 'cnc.chip_conveyor', 离心泵: 'cnc.chip_conveyor', 数显量具: 'cnc.machine_tools', 光学影像测量仪: 'cnc.machine_tools',
  立式加工中心: 'cnc.machining_centre', 数控车床: 'cnc.lathe', 雕铣机: 'cnc.machining_centre', 数控折弯机: 'cnc.forming',
  伺服冲床: 'cnc.forming', 激光切割机: 'cnc.laser_additive', 激光焊接机: 'cnc.laser_additive', 桁架机械手: 'cnc.robot_cell',
  六轴工业机器人: 'cnc.robot_cell', 自动化生产线: 'cnc.robot_cell', 伺服驱动器: 'cnc.drive',
  '金属 3D 打印设备': 'cnc.laser_additive',
};

/** The segments of one product of a trade. */
export function segmentsOf(trade, product) {
  const text = BY_PRODUCT[product.zh];
  if (trade.chain && !text) throw new Error(`no segment for ${product.zh}`);
  return text ? text.split(' ') : [];
}

/** What the chain files say, as far as the sample needs it: [{ id, chain, stage, zh }] and [{ from, to }]. */
export function readChains() {
  const folder = fileURLToPath(new URL('../../../data/chains/', import.meta.url)),
    segments = [],
    flows = [];
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()) {
    const chain = file.slice(0, -5);
    let id = null;
    for (const line of readFileSync(folder + file, 'utf8').split('\n')) {
      const begun = /^ {2}- id: (\w+)/.exec(line),
        name = /^ {4}(name_zh|name_en|stage|type): '?(.+?)'?$/.exec(line),
        need = /\{from: (\w+)/.exec(line);
      if (begun) segments.push({ id: `${chain}.${(id = begun[1])}`, chain });
      else if (name && id) segments[segments.length - 1][name[1]] = name[2];
      else if (need && id) flows.push({ from: `${chain}.${need[1]}`, to: `${chain}.${id}`, back: /recycling: yes/.test(line) });
    }
  }
  return { segments, flows };
}
